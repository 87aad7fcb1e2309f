using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Checked layer: turns error codes into exceptions with the
/// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__ERROR.html">name and text</see> of the driver.
/// </summary>
internal static unsafe class CudaStatus
{
    /// <summary>Throws if a call failed. Costs one comparison if it succeeded.</summary>
    /// <exception cref="CudaException">The call failed.</exception>
    public static void Check(CudaApiTable api, CudaResult result, string function)
    {
        if (result != CudaResult.Success) Throw(api, result, function);
    }

    /// <summary>The exception for an error code.</summary>
    /// <param name="api">The driver.</param>
    /// <param name="result">The error code.</param>
    /// <param name="function">The function that returned it.</param>
    /// <param name="more">A sentence to add to the text of the driver.</param>
    public static CudaException ToException(CudaApiTable api, CudaResult result, string function, string? more = null)
    {
        var (name, text) = Describe(api, result);
        return new(function, (int)result, name, more is null ? text : $"{text}. {more}");
    }

    /// <summary>Name and text of an error code.</summary>
    public static (string Name, string Text) Describe(CudaApiTable api, CudaResult result)
    {
        byte* name = null;
        byte* text = null;
        // Both stay null if the driver does not know the code.
        _ = api.GetErrorName(result, &name);
        _ = api.GetErrorString(result, &text);
        return (Marshal.PtrToStringUTF8((nint)name) ?? "unknown code", Marshal.PtrToStringUTF8((nint)text) ?? "no text");
    }

    /// <summary>True if the error makes the context unusable: every later call returns it again.</summary>
    public static bool IsSticky(CudaResult result) => result is CudaResult.EccUncorrectable or CudaResult.NvlinkUncorrectable
        or CudaResult.IllegalAddress or CudaResult.LaunchTimeout or CudaResult.Assert
        or (>= CudaResult.HardwareStackError and <= CudaResult.LaunchFailed);

    [DoesNotReturn]
    private static void Throw(CudaApiTable api, CudaResult result, string function) => throw ToException(api, result, function);
}
