namespace TrtBindings.TensorRT.Cache;

/// <summary>What is known of an engine besides its bytes.</summary>
/// <param name="Layers">The types of its layers; none if the inspector does not tell.</param>
/// <param name="Parity">How it answered beside the reference; <see langword="null"/> if it was not compared.</param>
internal sealed record EngineVerdict(IReadOnlyList<LayerShare> Layers, ParityReport? Parity)
{
    /// <summary>Nothing is known.</summary>
    public static EngineVerdict None { get; } = new([], null);

    /// <summary>
    /// Nodes that a second try kept in 32 bits, because TensorRT has no kernel for them in the precision asked for.
    /// </summary>
    public IReadOnlyList<string> KeptNodes { get; init; } = [];
}
