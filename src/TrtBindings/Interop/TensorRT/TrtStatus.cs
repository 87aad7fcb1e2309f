using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Checked layer: what a call answered becomes an exception that says what TensorRT said. A bool of C++ is one byte, and what is
/// above it in the register means nothing; the function types have byte for it.
/// </summary>
internal static class TrtStatus
{
    /// <summary>Costs one comparison where the call succeeded.</summary>
    /// <exception cref="TensorRtException">The call answered false.</exception>
    public static void True(TrtHandle owner, byte answer, string function)
    {
        if (answer == 0) Throw(owner, function);
    }

    /// <summary>The object that a call answered.</summary>
    /// <exception cref="TensorRtException">It answered null.</exception>
    public static nint NotNull(TrtHandle owner, nint answer, string function)
    {
        if (answer == 0) Throw(owner, function);
        return answer;
    }

    /// <summary>The object of libnvinfer that a call answered.</summary>
    /// <exception cref="TensorRtException">It answered null, or an object without its implementation.</exception>
    public static nint Object(TrtHandle owner, nint answer, string function)
    {
        if (!IsWhole(answer)) Throw(owner, function);
        return answer;
    }

    /// <summary>
    /// Whether a factory made its object. Where CUDA cannot be used, the real createInferRuntime answers an object, and its
    /// implementation is null; nothing can be called on that, so that it is not even destroyed.
    /// </summary>
    public static unsafe bool IsWhole(nint answer) => answer != 0 && ((nint*)answer)[1] != 0;

    /// <summary>The count that a call answered.</summary>
    /// <exception cref="TensorRtException">It is negative.</exception>
    public static int NotNegative(TrtHandle owner, int answer, string function)
    {
        if (answer < 0) Throw(owner, function);
        return answer;
    }

    /// <summary>The error of a call of an object, with everything that TensorRT and callbacks said about it.</summary>
    public static TensorRtException Failure(TrtHandle owner, string function, string? summary = null) =>
        new(function, owner.Library.Version.ToString(), owner.TakeMessages(), summary, owner.TakeCallbackFailure());

    /// <summary>The error of a C function, where there is no object yet.</summary>
    public static TensorRtException Failure(TrtLibrary library, string function, string? summary = null) =>
        new(function, library.Version.ToString(), TrtLogger.TakeErrors(), summary);

    [DoesNotReturn]
    private static void Throw(TrtHandle owner, string function) => throw Failure(owner, function);
}
