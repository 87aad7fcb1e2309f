using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// Publishes ONNX Runtime's warnings and errors as events of the source <c>TrtBindings-OnnxRuntime</c>, for an
/// <see cref="EventListener"/> or <c>dotnet-trace</c>.
/// </summary>
[EventSource(Name = SourceName)]
internal sealed class OrtLog : EventSource
{
    public const string SourceName = "TrtBindings-OnnxRuntime";

    public static readonly OrtLog Instance = new();

    private OrtLog()
    {
    }

    /// <summary>The last error that ONNX Runtime logged on this thread since it was set to null.</summary>
    [field: ThreadStatic]
    public static string? LastError { get; set; }

    [Event(1, Level = EventLevel.Warning)]
    public void Warning(string place, string text) => WriteEvent(1, place, text);

    [Event(2, Level = EventLevel.Error)]
    public void Error(string place, string text) => WriteEvent(2, place, text);

    /// <summary>The logging function of ONNX Runtime's environment. It is called on any thread.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "An exception that leaves a native callback ends the process; a lost log line does not matter.")]
    public static void Write(
        nint parameter, OrtLoggingLevel severity, string category, string logId, string place, string message)
    {
        try
        {
            var isError = severity >= OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
            if (isError) LastError = message;
            if (!Instance.IsEnabled()) return;
            if (isError) Instance.Error(place, message);
            else Instance.Warning(place, message);
        }
        catch (Exception)
        {
        }
    }
}
