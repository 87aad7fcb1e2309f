namespace TrtBindings.Generators;

/// <summary>One entry of <c>TrtRename</c>.</summary>
/// <param name="Tensor">ONNX name of an input or output.</param>
/// <param name="Member">Name that its member shall have.</param>
internal sealed record RenameEntry(string Tensor, string Member);
