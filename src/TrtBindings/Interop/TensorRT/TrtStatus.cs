using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Checked layer: what a call answered becomes an exception that says what TensorRT said. A bool of C++ is one byte, and what is
/// above it in the register means nothing; the function types have byte for it.
/// </summary>
internal static class TrtStatus
{
    /// <summary>No object lies below this address on any of the platforms.</summary>
    private const nuint FirstAddress = 0x10000;

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
    /// <exception cref="TensorRtException">It answered none.</exception>
    public static nint Object(TrtHandle owner, nint answer, string function)
    {
        if (!IsObject(answer)) Throw(owner, function);
        return answer;
    }

    /// <summary>
    /// Whether a factory made its object. Where CUDA cannot be used, the real createInferRuntime (10.6, 10.15, 11.4) answers not
    /// null but 0x200 or so: the place of the public object within the implementation that it has not got.
    /// </summary>
    public static bool IsObject(nint answer) => (nuint)answer >= FirstAddress;

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
