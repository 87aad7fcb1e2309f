using System.Globalization;

namespace TrtBindings;

/// <summary>A CUDA driver call failed.</summary>
public class CudaException : TrtBindingsException
{
    /// <summary>An error of one call.</summary>
    /// <param name="function">The driver's function, as it is named in CUDA's documentation.</param>
    /// <param name="errorCode">The driver's <c>CUresult</c>.</param>
    /// <param name="errorName">The code's name, <c>CUDA_ERROR_OUT_OF_MEMORY</c> for instance.</param>
    /// <param name="text">The driver's text for the code, with advice where there is any.</param>
    public CudaException(string function, int errorCode, string errorName, string text)
        : base($"CUDA's {function} failed ({errorName}, {errorCode.ToString(CultureInfo.InvariantCulture)}): {text}")
    {
        Function = function;
        ErrorCode = errorCode;
        ErrorName = errorName;
        Text = text;
    }

    /// <summary>The driver's function that failed.</summary>
    public string Function { get; }

    /// <summary>The driver's <c>CUresult</c>.</summary>
    public int ErrorCode { get; }

    /// <summary>The code's name in CUDA's headers.</summary>
    public string ErrorName { get; }

    /// <summary>The driver's text for the code, with advice where there is any.</summary>
    public string Text { get; }
}
