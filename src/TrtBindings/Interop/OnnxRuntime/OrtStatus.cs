using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>Checked layer: a status that a call returned becomes an exception, and is freed.</summary>
internal static unsafe class OrtStatus
{
    /// <summary>Costs one comparison where the call succeeded.</summary>
    /// <param name="api">The table that the call came from.</param>
    /// <param name="status">What the call returned; 0 for success.</param>
    /// <param name="function">The function's name in the C API.</param>
    /// <exception cref="OnnxRuntimeException">The call failed.</exception>
    public static void Check(OrtApiTable api, nint status, string function)
    {
        if (status != 0) Throw(api, status, function);
    }

    /// <summary>The error of a status other than 0, which is freed.</summary>
    public static OnnxRuntimeException ToException(OrtApiTable api, nint status, string function)
    {
        try
        {
            var code = (OnnxRuntimeErrorCode)api.GetErrorCode(status);
            var message = Marshal.PtrToStringUTF8((nint)api.GetErrorMessage(status)) ?? "";
            return new(code, function, message);
        }
        finally
        {
            api.ReleaseStatus(status);
        }
    }

    [DoesNotReturn]
    private static void Throw(OrtApiTable api, nint status, string function) => throw ToException(api, status, function);
}
