namespace TrtBindings;

/// <summary>The search of ONNX Runtime's CUDA provider for cuDNN's algorithm when a convolution has a new size.</summary>
public enum ConvolutionSearch
{
    /// <summary>Times every algorithm at the first run of a size: slow then, fastest afterwards.</summary>
    Exhaustive,

    /// <summary>Takes cuDNN's estimate.</summary>
    Heuristic,

    /// <summary>Takes one fixed algorithm.</summary>
    Default,
}
