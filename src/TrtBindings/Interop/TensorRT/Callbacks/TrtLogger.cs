using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's <c>ILogger</c>: one per loaded library, for as long as the process lives, because TensorRT keeps the first one
/// it is given for itself. Called from any thread, TensorRT's own among them.
/// </summary>
internal sealed unsafe class TrtLogger : TrtCallback
{
    private const int MostErrors = 16;

    /// <summary>The errors logged on a thread since they were last taken: a call that fails says them.</summary>
    [ThreadStatic]
    private static List<string>? _errors;

    /// <summary>The object is never freed: it holds itself.</summary>
    private readonly GCHandle _lasting;

    /// <summary>A logger for one loaded library.</summary>
    public TrtLogger(TrtSlotTable slots)
        : base(slots, "ILogger", "ILogger"u8,
            new TrtCallbackMethod("log", (nint)(delegate* unmanaged[MemberFunction]<nint, int, byte*, void>)&Log)) =>
        _lasting = GCHandle.Alloc(this);

    /// <summary>Where lines go; called from any thread.</summary>
    public Action<TrtSeverity, string>? Sink { get; set; }

    /// <summary>The least severe lines that reach <see cref="Sink"/>.</summary>
    public TrtSeverity LeastSevere { get; set; } = TrtSeverity.Warning;

    /// <summary>The errors logged on this thread since the last time, oldest first.</summary>
    public static IReadOnlyList<string> TakeErrors()
    {
        if (_errors is not { Count: > 0 } errors) return [];
        _errors = null;
        return errors;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void Log(nint self, int severity, byte* message)
    {
        try
        {
            Of<TrtLogger>(self)?.Write((TrtSeverity)severity, message);
        }
        catch (Exception exception)
        {
            // A log line that cannot be passed on is lost; what TensorRT was doing is more important.
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
