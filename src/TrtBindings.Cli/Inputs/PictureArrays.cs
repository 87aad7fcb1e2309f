using System.CommandLine;
using TrtBindings.Cli.Models;
using TrtBindings.Cli.Npy;
using TrtBindings.Conversion;
using TrtBindings.Vision;

namespace TrtBindings.Cli.Inputs;

/// <summary>Pictures as the arrays that the engine of the model's family would give to the model.</summary>
internal static class PictureArrays
{
    /// <summary>Prepares pictures one by one, and puts them into one batch each as often as it takes to fill it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="vision">The options of the command.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="pictures">At least one.</param>
    /// <returns>For each input, the prepared pictures: a first dimension of as many rows as there are pictures.</returns>
    /// <exception cref="ImageException">A picture cannot be read: what is found out would not be about all of them.</exception>
    /// <exception cref="UsageException">One cannot be prepared, or the pictures need inputs of different sizes.</exception>
    public static Dictionary<string, NpyArray> Prepare(
        UntypedOnnxModel model, VisionOptionSet vision, ParseResult arguments, string[] pictures)
    {
        Dictionary<string, NpyArray>? all = null;
        var one = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        var recorder = new RecordingModel(model);
        using var engine = vision.CreateEngine(arguments, recorder);
        foreach (var path in pictures)
        {
            using var picture = ImageFile.Read(path);
            one.Clear();
            try
            {
                Take((UntypedInputs)recorder.Record(() => engine.Run(picture.AsView())), one);
            }
            catch (TensorException e)
            {
                throw new UsageException($"The picture '{path}' cannot be used: {e.Message}");
            }

            all = all is null ? new(one, StringComparer.Ordinal) : Joined(all, one, path);
        }

        return all!;
    }

    /// <summary>The first rows of arrays, from the start again where there are too few.</summary>
    public static Dictionary<string, NpyArray> Rows(IReadOnlyDictionary<string, NpyArray> arrays, int count) =>
        arrays.ToDictionary(one => one.Key, one => Rows(one.Value, count), StringComparer.Ordinal);

    private static NpyArray Rows(NpyArray array, int count)
    {
        if (array.Shape.Length == 0 || array.Shape[0] == count) return array;
        var rows = (int)array.Shape[0];
        var size = array.Bytes.Length / rows;
        var bytes = new byte[count * size];
        for (var i = 0; i < count; i++) array.Bytes.AsSpan(i % rows * size, size).CopyTo(bytes.AsSpan(i * size));
        return array with { Shape = [count, .. array.Shape[1..]], Bytes = bytes };
    }

    private static void Take(UntypedInputs inputs, Dictionary<string, NpyArray> into)
    {
        foreach (var tensor in inputs.Tensors)
        {
            long[] shape = [.. tensor.Lengths.ToArray().Select(length => (long)length)];
            into[tensor.Name] = new(tensor.Description.ElementType, shape, inputs.BytesOf(tensor.Name).ToArray());
        }
    }

    private static Dictionary<string, NpyArray> Joined(
        Dictionary<string, NpyArray> all, Dictionary<string, NpyArray> one, string path)
    {
        var joined = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        foreach (var (name, array) in all)
        {
            if (!array.Shape.AsSpan(1).SequenceEqual(one[name].Shape.AsSpan(1)))
                throw new UsageException($"'{path}' needs an input of another size than the pictures before it. Give --size.");
            joined[name] = array with
            {
                Shape = [array.Shape[0] + one[name].Shape[0], .. array.Shape[1..]],
                Bytes = [.. array.Bytes, .. one[name].Bytes],
            };
        }

        return joined;
    }
}
