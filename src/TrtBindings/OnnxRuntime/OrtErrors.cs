using System.Globalization;
using Native = Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>Turns exceptions of the package Microsoft.ML.OnnxRuntime.Managed into <see cref="OnnxRuntimeException"/>.</summary>
/// <remarks>
/// The package writes the error code into the message as text, and throws <see cref="KeyNotFoundException"/> without
/// ONNX Runtime's text for every code above 12. In that case the text comes from ONNX Runtime's log of the same thread.
/// </remarks>
internal static class OrtErrors
{
    private const string CodePrefix = "[ErrorCode:";

    /// <summary>Calls the package and translates its exceptions.</summary>
    /// <param name="function">The function's name in the C API, for the message.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="OnnxRuntimeException">The call failed.</exception>
    public static T Call<T>(string function, Func<T> call)
    {
        OrtLog.LastError = null;
        try
        {
            return call();
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw Translate(e, function);
        }
    }

    /// <inheritdoc cref="Call{T}(string, Func{T})"/>
    public static void Call(string function, Action call) => Call(function, () =>
    {
        call();
        return true;
    });

    /// <summary>Calls code of the application that calls the package. The application's own exceptions pass unchanged.</summary>
    /// <remarks>
    /// A <see cref="KeyNotFoundException"/> is taken for the package's only if ONNX Runtime logged an error: a dictionary of the
    /// application throws the same type.
    /// </remarks>
    /// <param name="function">The option that holds the code, for the message.</param>
    /// <param name="call">The code.</param>
    public static void CallApplication(string function, Action call)
    {
        OrtLog.LastError = null;
        try
        {
            call();
        }
        catch (Exception e) when (IsFailure(e) && (e is not KeyNotFoundException || OrtLog.LastError is not null))
        {
            throw Translate(e, function);
        }
    }

    /// <summary>True for the exceptions that stand for a failed call of ONNX Runtime.</summary>
    public static bool IsFailure(Exception e) =>
        e is Native.OnnxRuntimeException or KeyNotFoundException or EntryPointNotFoundException;

    /// <summary>The exception for applications, with code, function and ONNX Runtime's text.</summary>
    public static OnnxRuntimeException Translate(Exception e, string function)
    {
        var message = e.Message;
        var end = message.IndexOf(']', StringComparison.Ordinal);
        if (e is Native.OnnxRuntimeException && message.StartsWith(CodePrefix, StringComparison.Ordinal) && end > 0)
            return new(CodeOf(message[CodePrefix.Length..end]), function, message[(end + 1)..].Trim(), e);
        if (e is not KeyNotFoundException) return new(OnnxRuntimeErrorCode.Fail, function, message, e);
        var number = string.Concat(message.Where(char.IsAsciiDigit));
        var code = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (OnnxRuntimeErrorCode)value
            : OnnxRuntimeErrorCode.Fail;
        return new(code, function, OrtLog.LastError ?? "ONNX Runtime gave no text.", e);
    }

    /// <summary>The package's names of 11 and 12 are not those of ONNX Runtime's C API.</summary>
    private static OnnxRuntimeErrorCode CodeOf(string name) => name switch
    {
        "ShapeInferenceNotRegistered" => OnnxRuntimeErrorCode.ExecutionProviderFail,
        "RequirementNotRegistered" => OnnxRuntimeErrorCode.LoadCanceled,
        _ => Enum.TryParse<OnnxRuntimeErrorCode>(name, out var code) ? code : OnnxRuntimeErrorCode.Fail,
    };
}
