namespace TrtBindings;

/// <summary>How often an operator is used, subgraphs and function bodies included.</summary>
/// <param name="Domain">The domain as written; empty for <c>ai.onnx</c>.</param>
/// <param name="Name">The operator's type.</param>
/// <param name="Count">Number of nodes.</param>
public sealed record OperatorCount(string Domain, string Name, int Count);
