using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>Inputs that fit a model, always the same ones.</summary>
internal static class SeededSample
{
    /// <summary>Inputs for a file; <see langword="null"/> if it has one that is no tensor of numbers.</summary>
    /// <param name="path">A model that ONNX Runtime loads.</param>
    public static ModelSample? Of(string path)
    {
        using var file = OnnxFile.Read(path);
        var constants = file.Model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        var sample = new ModelSample();
        var random = new Random(17);
        foreach (var input in file.Model.Graph.Input.Where(input => !constants.Contains(input.Name)))
        {
            var name = input.Name;
            if (input.Type?.TensorType?.Shape is not { } declared) return null;
            // The first open size is the batch; others are sides of pictures that every network here can halve.
            long[] shape = [.. declared.Dim.Select((size, i) =>
                size is { HasDimValue: true, DimValue: >= 0 } ? size.DimValue : i == 0 ? 1 : declared.Dim.Count == 4 ? 320 : 4)];
            var count = shape.Aggregate(1L, (product, size) => product * size);
            switch ((ElementType)input.Type.TensorType.ElemType)
            {
                case ElementType.Float:
                    // Waves, because noise is no picture.
                    sample.Add(name, [.. Waves(count, shape)], shape);
                    break;
                case ElementType.UInt8:
                    sample.Add(name, [.. Waves(count, shape).Select(value => (byte)(255 * value))], shape);
                    break;
                case ElementType.Int64:
                    sample.Add(name, [.. Enumerable.Range(0, (int)count).Select(_ => random.NextInt64(1, 3))], shape);
                    break;
                case ElementType.Int32:
                    sample.Add(name, [.. Enumerable.Range(0, (int)count).Select(_ => random.Next(1, 3))], shape);
                    break;
                case ElementType.Bool:
                    sample.Add(name, [.. Enumerable.Range(0, (int)count).Select(i => i % 2 == 0)], shape);
                    break;
                default:
                    return null;
            }
        }

        return sample;
    }

    private static IEnumerable<float> Waves(long count, long[] shape)
    {
        var width = shape.Length == 4 ? shape[3] : 64;
        for (long i = 0; i < count; i++)
            yield return (float)(0.5 + (0.25 * Math.Sin(i % width * 0.11)) + (0.25 * Math.Cos(i / width * 0.07)));
    }
}
