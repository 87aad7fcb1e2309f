namespace TrtBindings;

/// <summary>An engine that a build made, or found ready.</summary>
/// <param name="Path">
/// Its file in the cache. <c>Load</c> with the same options finds it there; a copy elsewhere loads with <c>LoadEngine</c>.
/// </param>
/// <param name="ByteLength">Size of the file in bytes.</param>
/// <param name="WasBuilt">Whether it was built now; <see langword="false"/> if the cache had one that fits.</param>
/// <param name="Duration">Time that it took, to find or to build it.</param>
/// <param name="TensorRtVersion">The version that built it, for example <c>10.6.0.26</c>; it runs on that version.</param>
/// <param name="Gpu">Name of the GPU that it was built on.</param>
public sealed record BuiltEngine(
    string Path, long ByteLength, bool WasBuilt, TimeSpan Duration, string TensorRtVersion, string Gpu);
