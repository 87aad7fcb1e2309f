using System.Reflection;
using TrtBindings.OnnxRuntime;
using Native = Microsoft.ML.OnnxRuntime;

namespace TrtBindings.Tests.Interop;

/// <summary>Codes and texts of ONNX Runtime's errors, made as the managed package makes them.</summary>
public sealed class OrtErrorsTests
{
    [Theory]
    [InlineData(2, OnnxRuntimeErrorCode.InvalidArgument)]
    [InlineData(10, OnnxRuntimeErrorCode.InvalidGraph)]
    [InlineData(11, OnnxRuntimeErrorCode.ExecutionProviderFail)]
    [InlineData(12, OnnxRuntimeErrorCode.LoadCanceled)]
    public void A_code_that_the_package_knows_comes_with_its_text(int number, OnnxRuntimeErrorCode expected)
    {
        var error = Should.Throw<OnnxRuntimeException>(() => OrtErrors.Call("Run", () => throw Package(number, "the text")));
        (error.ErrorCode, error.Function, error.RuntimeMessage).ShouldBe((expected, "Run", "the text"));
        error.Message.ShouldBe($"ONNX Runtime's Run failed ({expected}): the text");
    }

    [Theory]
    [InlineData(13, OnnxRuntimeErrorCode.RequiresCompilation)]
    [InlineData(14, OnnxRuntimeErrorCode.NotFound)]
    [InlineData(15, OnnxRuntimeErrorCode.DeviceReset)]
    [InlineData(16, (OnnxRuntimeErrorCode)16)]
    public void A_code_that_the_package_does_not_know_keeps_its_number_and_gets_the_text_of_the_log(
        int number, OnnxRuntimeErrorCode expected)
    {
        var error = Should.Throw<OnnxRuntimeException>(() => OrtErrors.Call("Run", () =>
        {
            OrtLog.Write(0, Native.OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "", "", "here", "a warning before");
            OrtLog.Write(0, Native.OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "", "", "here", "the log's text");
            throw Package(number, "lost by the package");
        }));
        (error.ErrorCode, error.RuntimeMessage).ShouldBe((expected, "the log's text"));
        error.InnerException.ShouldBeOfType<KeyNotFoundException>();
    }

    [Fact]
    public void The_log_of_an_earlier_call_is_no_text_of_a_later_error()
    {
        OrtLog.Write(0, Native.OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "", "", "here", "of an earlier call");
        Should.Throw<OnnxRuntimeException>(() => OrtErrors.Call("Run", () => throw Package(13, "lost")))
            .RuntimeMessage.ShouldBe("ONNX Runtime gave no text.");
    }

    /// <summary>What the package throws for a status: its own exception, or none of its own for a code above 12.</summary>
    private static Exception Package(int code, string text)
    {
        var constructor = typeof(Native.OnnxRuntimeException)
            .GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Single(one => one.GetParameters().Length == 2);
        var number = Enum.ToObject(constructor.GetParameters()[0].ParameterType, code);
        try
        {
            return (Exception)constructor.Invoke([number, text]);
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException!;
        }
    }
}
