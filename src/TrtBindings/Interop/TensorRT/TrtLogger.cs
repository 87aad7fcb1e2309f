using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespacenvinfer1.html">ILogger</see>.
/// There is one for each loaded library, and it is never freed, because TensorRT keeps the first logger that it gets. Any
/// thread may call it, also threads of TensorRT.
/// </summary>
internal sealed unsafe class TrtLogger : TrtCallback
{
    private const int MostErrors = 16;

    /// <summary>The errors logged on this thread. The exception of a failed call contains them.</summary>
    [ThreadStatic]
    private static List<string>? _errors;

    /// <summary>A handle to this object, so that it is never collected.</summary>
    private readonly GCHandle _lasting;

    /// <summary>A logger for one loaded library.</summary>
    public TrtLogger(TrtSlotTable slots)
        : base(TrtCallbackTables.Logger(slots, &Log), "ILogger"u8) => _lasting = GCHandle.Alloc(this);

    /// <summary>Receives the lines, on any thread.</summary>
    public Action<TrtSeverity, string>? Sink { get; set; }

    /// <summary>The least severe level that <see cref="Sink"/> receives.</summary>
    public TrtSeverity LeastSevere { get; set; } = TrtSeverity.Warning;

    /// <summary>Returns and removes the errors logged on this thread, oldest first.</summary>
    public static IReadOnlyList<string> TakeErrors()
    {
        if (_errors is not { Count: > 0 } errors) return [];
        _errors = null;
        return errors;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void Log(nint self, TrtSeverity severity, byte* message)
    {
        try
        {
            Of<TrtLogger>(self)?.Write(severity, message);
        }
        catch (Exception exception)
        {
            // The line is lost. What TensorRT is doing goes on.
            Of<TrtLogger>(self)?.Fail(exception);
        }
    }

    private void Write(TrtSeverity severity, byte* message)
    {
        var isError = severity <= TrtSeverity.Error;
        var sink = severity <= LeastSevere ? Sink : null;
        if (!isError && sink is null) return;
        var text = Marshal.PtrToStringUTF8((nint)message) ?? "";
        if (isError)
        {
            _errors ??= [];
            if (_errors.Count == MostErrors) _errors.RemoveAt(0);
            _errors.Add(text);
        }

        sink?.Invoke(severity, text);
    }
}
