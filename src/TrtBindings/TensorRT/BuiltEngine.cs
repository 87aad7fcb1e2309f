namespace TrtBindings;

/// <summary>An engine that <c>BuildEngine</c> built or found in the cache.</summary>
/// <param name="Path">
/// Its file in the cache. <c>Load</c> with the same options finds it there. A copy elsewhere loads with <c>LoadEngine</c>.
/// </param>
/// <param name="ByteLength">Size of the file in bytes.</param>
/// <param name="WasBuilt"><see langword="true"/> if it was built now, <see langword="false"/> if the cache had it.</param>
/// <param name="Duration">Time to find or to build it.</param>
/// <param name="TensorRtVersion">TensorRT version that built it, for example <c>10.6.0.26</c>. It runs on that version.</param>
/// <param name="GpuName">Name of the GPU that built it.</param>
public sealed record BuiltEngine(
    string Path, long ByteLength, bool WasBuilt, TimeSpan Duration, string TensorRtVersion, string GpuName)
{
    /// <summary>
    /// Where the time of the build went; <see langword="null"/> if the cache had the engine. What is left of
    /// <see cref="Duration"/> is for loading TensorRT, hashing the model and looking into the cache.
    /// </summary>
    public BuildTimes? Times { get; init; }

    /// <summary>
    /// The types that its layers compute in, from TensorRT's engine inspector, the most frequent first. Empty if the inspector
    /// does not tell, as of an engine that an earlier version of this library built. Of layers that are allowed 16-bit floats
    /// some stay in 32 bits in a right engine.
    /// </summary>
    public IReadOnlyList<LayerShare> Layers { get; init; } = [];

    /// <summary>
    /// How it answered beside ONNX Runtime on the processor; <see langword="null"/> with <see cref="ParityPolicy.Off"/>.
    /// </summary>
    public ParityReport? Parity { get; init; }

    /// <summary>
    /// Nodes that compute in 32 bits in spite of <see cref="TensorRtOptions.Precision"/>: TensorRT had no kernel for them, and a
    /// second try kept them.
    /// </summary>
    public IReadOnlyList<string> KeptNodes { get; init; } = [];
}
