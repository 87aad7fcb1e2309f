namespace TrtBindings.Gpu.Tests.Data;

/// <summary>What one output was.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Dtype">Its type as numpy calls it.</param>
/// <param name="MaxAbsErrorToOrtCpu">
/// What TensorRT's own bindings differed by; <see langword="null"/> where that was not noted.
/// </param>
/// <param name="RefMaxAbs">The largest value of the reference.</param>
/// <param name="Ref">File of the reference; <see langword="null"/> where it was left out.</param>
internal sealed record ManifestResult(
    long[] Shape, string Dtype, double? MaxAbsErrorToOrtCpu, double? RefMaxAbs, string? Ref);
