using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>Checked layer: a code that a call returned becomes an exception with the driver's own words.</summary>
internal static unsafe class CudaStatus
{
    /// <summary>Costs one comparison where the call succeeded.</summary>
    /// <exception cref="CudaException">The call failed.</exception>
    public static void Check(CudaApiTable api, CudaResult result, string function)
    {
        if (result != CudaResult.Success) Throw(api, result, function);
    }

    /// <summary>The error of a code other than success.</summary>
    /// <param name="api">The driver.</param>
    /// <param name="result">The code.</param>
    /// <param name="function">The function that returned it.</param>
    /// <param name="more">What is known besides the driver's text; a sentence.</param>
    public static CudaException ToException(CudaApiTable api, CudaResult result, string function, string? more = null)
    {
        var (name, text) = Describe(api, result);
        return new(function, (int)result, name, more is null ? text : $"{text}. {more}");
    }

    /// <summary>The driver's name and text for a code.</summary>
    public static (string Name, string Text) Describe(CudaApiTable api, CudaResult result)
    {
        byte* name = null;
        byte* text = null;
        // Both leave null for a code that the driver does not know.
        _ = api.GetErrorName(result, &name);
        _ = api.GetErrorString(result, &text);
        return (Marshal.PtrToStringUTF8((nint)name) ?? "unknown code", Marshal.PtrToStringUTF8((nint)text) ?? "no text");
    }

    /// <summary>Whether a code means that its context is gone for good: every later call returns it again.</summary>
    public static bool IsSticky(CudaResult result) => result is CudaResult.EccUncorrectable or CudaResult.NvlinkUncorrectable
        or CudaResult.IllegalAddress or CudaResult.LaunchTimeout or CudaResult.Assert
        or (>= CudaResult.HardwareStackError and <= CudaResult.LaunchFailed);

    [DoesNotReturn]
    private static void Throw(CudaApiTable api, CudaResult result, string function) => throw ToException(api, result, function);
}
