using System.CommandLine;
using System.Globalization;

namespace TrtBindings.Cli.Models;

/// <summary>
/// The sizes that a model with dynamic dimensions runs at: those of <c>--shape</c>, the batch, and for pictures the size that the
/// file's metadata says.
/// </summary>
internal sealed class ModelSizes
{
    private readonly Dictionary<string, long[]> _shapes;

    private ModelSizes(Dictionary<string, long[]> shapes) => _shapes = shapes;

    /// <summary>The option, for commands that run a model at given sizes.</summary>
    public static Option<string[]> NewOption() => new("--shape")
    {
        Description = "Shape of an input of dynamic sizes, such as images=1x3x640x640. Once for each input.",
        HelpName = "INPUT=SHAPE",
    };

    /// <summary>Reads <c>name=1x3x640x640</c>.</summary>
    /// <exception cref="UsageException">It is not of this form.</exception>
    public static ModelSizes Parse(string[]? options)
    {
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var option in options ?? [])
        {
            var at = option.LastIndexOf('=');
            if (at < 1 || !TryShape(option[(at + 1)..], out var shape))
                throw new UsageException($"--shape is '{option}', and is written as INPUT=1x3x640x640.");
            shapes[option[..at]] = shape;
        }

        return new(shapes);
    }

    /// <summary>Reads <c>1x3x640x640</c>; an empty text is a scalar.</summary>
    public static bool TryShape(string text, out long[] shape)
    {
        var parts = text.Length == 0 ? [] : text.Split('x', 'X');
        shape = new long[parts.Length];
        for (var i = 0; i < shape.Length; i++)
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i])) return false;
        return true;
    }

    /// <summary>The dimension that counts as the batch: the first one of the first input, if it is dynamic; -1 if it is
    /// not.</summary>
    public static int BatchOf(ModelSignature signature)
    {
        for (var i = 0; i < signature.InputDimensions.Count; i++)
            if (signature.InputDimensions[i] is { Axis: 0, Input: 0 }) return i;
        return -1;
    }

    /// <summary>A value for each of the model's dynamic dimensions.</summary>
    /// <param name="signature">The model.</param>
    /// <param name="description">What the file says.</param>
    /// <param name="batch">Size of the batch; null for what <c>--shape</c> says, or else 1.</param>
    /// <exception cref="UsageException">A shape does not fit, or a dimension has no size.</exception>
    public long[] Of(ModelSignature signature, ModelDescription description, long? batch)
    {
        var dimensions = signature.InputDimensions;
        var values = new long[dimensions.Count];
        values.AsSpan().Fill(-1);
        foreach (var (name, shape) in _shapes) Take(signature, name, shape, values);
        var batchAt = BatchOf(signature);
        if (batchAt >= 0) values[batchAt] = batch ?? (values[batchAt] >= 0 ? values[batchAt] : 1);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= 0) continue;
            values[i] = SideOf(signature, description, dimensions[i]) ?? throw new UsageException(
                $"{signature.NameOf(dimensions[i])} has no size. Give --shape {signature.Inputs[dimensions[i].Input].Name}=... "
                + $"({signature.Inputs[dimensions[i].Input]}).");
        }

        return values;
    }

    private static void Take(ModelSignature signature, string name, long[] shape, long[] values)
    {
        var index = -1;
        for (var i = 0; i < signature.Inputs.Count; i++)
            if (signature.Inputs[i].Name == name) index = i;
        if (index < 0)
            throw new UsageException($"--shape names '{name}', and the inputs are {string.Join(", ", signature.Inputs)}.");
        var input = signature.Inputs[index];
        if (!input.Shape.IsRanked || input.Shape.Rank != shape.Length)
            throw new UsageException($"--shape gives '{name}' {shape.Length} dimensions, and it is {input}.");
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var declared = input.Shape.Dimensions[axis];
            if (declared.IsFixed && declared.Value != shape[axis])
                throw new UsageException($"--shape gives '{name}' {shape[axis]} in dimension {axis}, and it is {input}.");
            for (var i = 0; i < values.Length; i++)
                if (IsThis(signature.InputDimensions[i], declared, index, axis)) values[i] = shape[axis];
        }
    }

    private static bool IsThis(DynamicDimension dimension, Dimension declared, int input, int axis) => dimension.Name is { } name
        ? declared.Name == name
        : declared.Name is null && !declared.IsFixed && dimension.Input == input && dimension.Axis == axis;

    /// <summary>A side of a picture, from <c>imgsz</c> in the metadata: <c>640</c> or <c>[480, 640]</c>.</summary>
    private static long? SideOf(ModelSignature signature, ModelDescription description, DynamicDimension dimension)
    {
        var rank = signature.Inputs[dimension.Input].Shape.Rank;
        if (rank != 4 || dimension.Axis < 2) return null;
        var sides = (description.FindMetadata("imgsz") ?? "").Trim('[', ']', ' ')
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (sides.Length is < 1 or > 2) return null;
        return long.TryParse(sides[sides.Length == 1 ? 0 : dimension.Axis - 2], NumberStyles.None,
            CultureInfo.InvariantCulture, out var side) ? side : null;
    }
}
