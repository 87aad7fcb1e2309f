namespace TrtBindings;

/// <summary>How ONNX Runtime's CUDA provider chooses cuDNN's algorithm for a convolution of a new size.</summary>
public enum ConvolutionSearch
{
    /// <summary>Times every algorithm at the first run of a size: slow then, fastest afterwards.</summary>
    Exhaustive,

    /// <summary>Takes cuDNN's estimate.</summary>
    Heuristic,

    /// <summary>Takes one fixed algorithm.</summary>
    Default,
}
