namespace TrtBindings;

/// <summary>The findings of a probe process.</summary>
/// <param name="TensorRtVersion">TensorRT's version.</param>
/// <param name="GpuName">The GPU's name.</param>
/// <param name="Tensors">
/// The engine's inputs and outputs, for example <c>Input x: Float [-1, 3]</c>; empty without an engine.
/// </param>
public sealed record EngineProbeReport(string TensorRtVersion, string GpuName, IReadOnlyList<string> Tensors);
