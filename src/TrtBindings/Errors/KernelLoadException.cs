namespace TrtBindings;

/// <summary>
/// The driver does not take kernels: it is too old for their PTX, they are for another GPU, or they are damaged. The message
/// names what to do. Nothing else is affected; work that the kernels would do can run on the CPU.
/// </summary>
public sealed class KernelLoadException : CudaException
{
    /// <summary>An error about one module.</summary>
    /// <param name="function">The driver's function that refused it.</param>
    /// <param name="errorCode">The driver's <c>CUresult</c>.</param>
    /// <param name="errorName">The code's name.</param>
    /// <param name="text">The driver's text, what its compiler said, and what to do.</param>
    public KernelLoadException(string function, int errorCode, string errorName, string text)
        : base(function, errorCode, errorName, text)
    {
    }
}
