namespace TrtBindings.TensorRT.Cache;

/// <summary>One thing that an engine depends on.</summary>
/// <param name="Name">What it is, as a user would say it: <c>model</c>, <c>precision</c>, <c>TF32</c>.</param>
/// <param name="Value">Its value; the hash of a content starts with <see cref="ContentHash.Prefix"/>.</param>
internal sealed record EngineKeyPart(string Name, string Value);
