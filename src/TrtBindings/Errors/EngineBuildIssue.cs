namespace TrtBindings;

/// <summary>A part of a model that TensorRT refuses.</summary>
/// <param name="Node">Index of the node in the graph; <see langword="null"/> if the issue is not about a node.</param>
/// <param name="NodeName">The node's name; empty if it has none or the issue is not about a node.</param>
/// <param name="Operator">The node's operator; empty if the issue is not about a node.</param>
/// <param name="Input">
/// The model input that the issue is about, or whose type an unnamed node refuses; <see langword="null"/> if there is none.
/// </param>
/// <param name="Type">That input's type in ONNX notation, for example <c>tensor(int16)</c>.</param>
/// <param name="Message">TensorRT's message.</param>
public sealed record EngineBuildIssue(
    int? Node, string NodeName, string Operator, string? Input, string? Type, string Message)
{
    /// <summary>For example <c>node 12 'Conv_3' (Conv): …</c> or <c>input 'ids' of type tensor(int16): …</c>.</summary>
    public override string ToString()
    {
        var input = Input is null ? "" : $"input '{Input}'{(Type is null ? "" : $" of type {Type}")}";
        if (Node is null && NodeName.Length == 0 && Operator.Length == 0) return Input is null ? Message : $"{input}: {Message}";
        var number = Node is { } index ? $" {index}" : "";
        var name = NodeName.Length == 0 ? "" : $" '{NodeName}'";
        return $"node{number}{name} ({Operator}){(Input is null ? "" : $", {input}")}: {Message}";
    }
}
