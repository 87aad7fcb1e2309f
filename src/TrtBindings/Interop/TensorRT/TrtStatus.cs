using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Checked layer: turns a failed call into an exception with TensorRT's own messages. A C++ bool is one byte and the rest of
/// the register is undefined, so the function pointers have byte for it.
/// </summary>
internal static class TrtStatus
{
    /// <summary>No platform puts an object below this address.</summary>
    private const nuint FirstAddress = 0x10000;

    /// <summary>Checks a returned bool.</summary>
    /// <exception cref="TensorRtException">The call returned false.</exception>
    public static void True(TrtHandle owner, byte answer, string function)
    {
        if (answer == 0) Throw(owner, function);
    }

    /// <summary>Checks a returned pointer.</summary>
    /// <exception cref="TensorRtException">The call returned null.</exception>
    public static nint NotNull(TrtHandle owner, nint answer, string function)
    {
        if (answer == 0) Throw(owner, function);
        return answer;
    }

    /// <summary>Checks a returned object of libnvinfer.</summary>
    /// <exception cref="TensorRtException">The call returned none.</exception>
    public static nint Object(TrtHandle owner, nint answer, string function)
    {
        if (!IsObject(answer)) Throw(owner, function);
        return answer;
    }

    /// <summary>
    /// Whether a factory created its object. Where CUDA cannot be used, createInferRuntime of the real libraries (10.6, 10.15,
    /// 11.4) returns a small number such as 0x200 instead of null: the offset of the public object in an implementation that is
    /// null.
    /// </summary>
    public static bool IsObject(nint answer) => (nuint)answer >= FirstAddress;

    /// <summary>Checks a returned count.</summary>
    /// <exception cref="TensorRtException">The count is negative.</exception>
    public static int NotNegative(TrtHandle owner, int answer, string function)
    {
        if (answer < 0) Throw(owner, function);
        return answer;
    }

    /// <summary>The exception for a failed call of an object, with what TensorRT and the object's callbacks reported.</summary>
    public static TensorRtException Failure(TrtHandle owner, string function, string? summary = null) =>
        new(function, owner.Library.Version.ToString(), owner.TakeMessages(), summary, owner.TakeCallbackFailure());

    /// <summary>The exception for a failed C function, where there is no object yet.</summary>
    public static TensorRtException Failure(TrtLibrary library, string function, string? summary = null) =>
        new(function, library.Version.ToString(), TrtLogger.TakeErrors(), summary);

    [DoesNotReturn]
    private static void Throw(TrtHandle owner, string function) => throw Failure(owner, function);
}
