using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>Pictures, and what a model with one picture for input says of each alone.</summary>
internal sealed unsafe class ItemResults
{
    private const double AlwaysAllowed = 1e-5;

    private readonly float[][] _pictures;
    private readonly double[][][] _results;
    private readonly double[] _allowed;

    /// <summary>Makes the pictures and runs each of them.</summary>
    public ItemResults(ReadyEngine engine, int count)
    {
        using var inputs = engine.Model.CreateInputs(1);
        using var outputs = engine.Model.CreateOutputs(1);
        _pictures = new float[count][];
        _results = new double[count][][];
        for (var i = 0; i < count; i++)
        {
            _pictures[i] = Picture(i, (int)inputs.Tensors[0].ElementCount);
            Write(i, inputs, 0);
            InputFormula.Poison(outputs);
            engine.Model.Run(inputs, outputs);
            _results[i] = [.. outputs.Tensors.Select(TensorValues.Of)];
        }

        _allowed = [.. outputs.Tensors.Select((tensor, index) => Allowed(engine.Entry, tensor.Name,
            _results.Max(result => TensorValues.LargestOf(result[index]))))];
    }

    /// <summary>Puts a picture into a place of a batch.</summary>
    public void Write(int picture, UntypedModel.Inputs inputs, int place)
    {
        var length = _pictures[picture].Length;
        _pictures[picture].CopyTo(new Span<float>((void*)inputs.Tensors[0].Address, length * (place + 1))[(length * place)..]);
    }

    /// <summary>Compares every item of every output.</summary>
    /// <param name="outputs">What a batch gave.</param>
    /// <param name="size">Items of the batch.</param>
    /// <param name="first">Its first picture; the others follow.</param>
    /// <returns>The largest difference in parts of what is allowed.</returns>
    public double Compare(ModelOutputs outputs, int size, int first)
    {
        var worst = 0.0;
        for (var index = 0; index < outputs.Tensors.Count; index++)
        {
            var tensor = outputs.Tensors[index];
            tensor.Lengths[0].ShouldBe(size, $"items of '{tensor.Name}'");
            var values = TensorValues.Of(tensor);
            var length = values.Length / size;
            for (var item = 0; item < size; item++)
            {
                var difference = TensorValues.LargestDifference(
                    values.AsSpan(length * item, length), _results[(first + item) % _pictures.Length][index]);
                difference.ShouldBeLessThanOrEqualTo(_allowed[index],
                    $"item {item} of {size} of '{tensor.Name}' against its run alone");
                worst = Math.Max(worst, difference / _allowed[index]);
            }
        }

        return worst;
    }

    private static double Allowed(ManifestEngine entry, string output, double largest)
    {
        var always = AlwaysAllowed * largest;
        if (entry.Flags?.Contains("FP16") != true) return always;
        return Math.Max(always, entry.Cases!.Max(single => single.Outputs[output].MaxAbsErrorToOrtCpu ?? 0));
    }

    /// <summary>The formula of the manifest, begun at another place for each picture.</summary>
    private static float[] Picture(int number, int length)
    {
        var picture = new float[length];
        for (var i = 0; i < length; i++) picture[i] = (float)InputFormula.Value(((long)number * length) + (number * 7) + i);
        return picture;
    }
}
