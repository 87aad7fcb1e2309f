namespace TrtBindings;

/// <summary>One thing in a model that TensorRT does not take.</summary>
/// <param name="Node">The node's place in the graph, from 0; <see langword="null"/> if it is not about a node.</param>
/// <param name="NodeName">The node's name; empty if it has none, or it is not about a node.</param>
/// <param name="Operator">The node's operator; empty if it is not about a node.</param>
/// <param name="Input">
/// The model's input that it is about, or that has the type that a node without a name does not take; <see langword="null"/>
/// if there is none.
/// </param>
/// <param name="Type">That input's type in ONNX notation, for example <c>tensor(int16)</c>.</param>
/// <param name="Message">TensorRT's words.</param>
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
