using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>
/// ONNX Runtime's warnings and errors as events of the source <c>TrtBindings-OnnxRuntime</c>, for an
/// <see cref="EventListener"/> or <c>dotnet-trace</c>.
/// </summary>
[EventSource(Name = SourceName)]
internal sealed class OrtLog : EventSource
{
    public const string SourceName = "TrtBindings-OnnxRuntime";

    public static readonly OrtLog Instance = new();

    private const int ErrorSeverity = 3;

    private OrtLog()
    {
    }

    [Event(1, Level = EventLevel.Warning)]
    public void Warning(string place, string text) => WriteEvent(1, place, text);

    [Event(2, Level = EventLevel.Error)]
    public void Error(string place, string text) => WriteEvent(2, place, text);

    /// <summary>ONNX Runtime's <c>OrtLoggingFunction</c>; called on any thread.</summary>
    [UnmanagedCallersOnly]
    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "An exception that leaves a callback ends the process; a lost log line does not matter.")]
    public static unsafe void Write(
        nint parameter, int severity, byte* category, byte* logId, byte* place, byte* message)
    {
        try
        {
            if (Instance.IsEnabled()) Instance.Log(severity, Text(place), Text(message));
        }
        catch (Exception)
        {
        }
    }

    [NonEvent]
    private void Log(int severity, string place, string text)
    {
        if (severity >= ErrorSeverity) Error(place, text);
        else Warning(place, text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
