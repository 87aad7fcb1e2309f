using System.Globalization;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>
/// Signatures from a short text: <c>x float batch,2 -> y float batch,2</c>, tensors separated by a semicolon. <c>7!</c> is a
/// declared size that varies.
/// </summary>
internal static class Sign
{
    public static ModelSignature Of(string text)
    {
        var sides = text.Split("->");
        return new("model.onnx", Tensors(sides[0]), Tensors(sides[1]));
    }

    private static EquatableArray<TensorDescription> Tensors(string side) =>
        new([.. side.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Tensor)]);

    private static TensorDescription Tensor(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var type = Enum.Parse<ElementType>(words[1], ignoreCase: true);
        var dimensions = words[2] == "-" ? [] : words[2].Split(',').Select(Dimension).ToArray();
        return new(words[0], ValueKind.Tensor, type, SymbolicShape.Of(dimensions), "", "");
    }

    private static Dimension Dimension(string text) => text[^1] == '!'
        ? TrtBindings.Dimension.Varying(long.Parse(text[..^1], CultureInfo.InvariantCulture))
        : long.TryParse(text, CultureInfo.InvariantCulture, out var size)
        ? TrtBindings.Dimension.Fixed(size)
        : TrtBindings.Dimension.FromParameter(text);
}
