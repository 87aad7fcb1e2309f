using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Inputs;

/// <summary>Puts arrays into the inputs of a model.</summary>
internal static class InputFill
{
    /// <summary>Arrays for all inputs at these sizes.</summary>
    public static Dictionary<string, NpyArray> Seeded(ModelSignature signature, UntypedInputs inputs, int seed)
    {
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        foreach (var input in signature.Inputs)
        {
            long[] shape = [.. inputs[input.Name].Lengths.ToArray().Select(length => (long)length)];
            arrays[input.Name] = SeededArrays.Of(input, shape, seed);
        }

        return arrays;
    }

    /// <summary>Copies arrays into inputs; floats of another width are converted.</summary>
    public static void Fill(UntypedInputs inputs, IReadOnlyDictionary<string, NpyArray> arrays)
    {
        foreach (var (name, array) in arrays)
        {
            var type = inputs[name].Description.ElementType;
            if (type == ElementType.String) array.Text.CopyTo(inputs.GetText(name).Span);
            else FloatElements.To(type, array, name).Bytes.CopyTo(inputs.BytesOf(name));
        }
    }

    /// <summary>The same arrays with the rows of the batch chosen anew: row i is row <c>rows[i]</c> of the original.</summary>
    public static Dictionary<string, NpyArray> WithRows(
        IReadOnlyDictionary<string, NpyArray> arrays, int batch, Func<int, int> row)
    {
        var chosen = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        foreach (var (name, array) in arrays) chosen[name] = IsBatched(array, batch) ? WithRows(array, batch, row) : array;
        return chosen;
    }

    private static bool IsBatched(NpyArray array, int batch) =>
        array.Type != ElementType.String && array.Shape.Length > 0 && array.Shape[0] == batch;

    private static NpyArray WithRows(NpyArray array, int batch, Func<int, int> row)
    {
        var bytes = new byte[array.Bytes.Length];
        var size = bytes.Length / batch;
        for (var i = 0; i < batch; i++) array.Bytes.AsSpan(row(i) * size, size).CopyTo(bytes.AsSpan(i * size));
        return array with { Bytes = bytes };
    }
}
