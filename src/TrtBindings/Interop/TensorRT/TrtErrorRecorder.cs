using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespacenvinfer1.html">
/// IErrorRecorder</see>. Each object has a recorder of its own, so that errors of different objects are not mixed up, whatever
/// thread they happen on.
/// </summary>
internal sealed unsafe class TrtErrorRecorder(TrtSlotTable slots) : TrtCallback(
    TrtCallbackTables.ErrorRecorder(slots, &GetNbErrors, &GetErrorCode, &GetErrorDesc, &HasOverflowed, &Clear, &ReportError,
        &IncRefCount, &DecRefCount),
    "IErrorRecorder"u8)
{
    private const int MostErrors = 32;

    private readonly Lock _gate = new();
    private readonly List<(TrtErrorCode Code, nint Text)> _errors = [];
    private bool _overflowed;
    private int _references;

    /// <summary>Returns and removes the errors reported so far, oldest first.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_gate)
        {
            if (_errors.Count == 0) return [];
            string[] messages = [.. _errors.Select(error => Marshal.PtrToStringUTF8(error.Text) ?? "")];
            Forget();
            return messages;
        }
    }

    /// <inheritdoc/>
    protected override void FreeMore() => Forget();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int GetNbErrors(nint self) => (int)Ask(self, 0, static (recorder, _) => recorder._errors.Count);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static TrtErrorCode GetErrorCode(nint self, int index) =>
        (TrtErrorCode)Ask(self, index, static (recorder, index) => (nint)recorder._errors.ElementAtOrDefault((int)index).Code);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte* GetErrorDesc(nint self, int index) =>
        (byte*)Ask(self, index, static (recorder, index) => recorder._errors.ElementAtOrDefault((int)index).Text);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte HasOverflowed(nint self) => (byte)Ask(self, 0, static (recorder, _) => recorder._overflowed ? 1 : 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void Clear(nint self) => Ask(self, 0, static (recorder, _) =>
    {
        recorder.Forget();
        return 0;
    });

    /// <summary>Returns true: TensorRT stops the call that reports an error.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte ReportError(nint self, TrtErrorCode code, byte* message)
    {
        Ask(self, (nint)message, (recorder, text) =>
        {
            if (recorder._errors.Count == MostErrors)
                recorder._overflowed = true;
            else
                recorder._errors.Add((code, Marshal.StringToCoTaskMemUTF8(Marshal.PtrToStringUTF8(text))));
            return 0;
        });
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int IncRefCount(nint self) => (int)Ask(self, 0, static (recorder, _) => ++recorder._references);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int DecRefCount(nint self) => (int)Ask(self, 0, static (recorder, _) => --recorder._references);

    /// <summary>Runs a function with the list locked; 0 if the recorder is gone or the function throws.</summary>
    private static nint Ask(nint self, nint argument, Func<TrtErrorRecorder, nint, nint> answer)
    {
        if (Of<TrtErrorRecorder>(self) is not { } recorder) return 0;
        try
        {
            lock (recorder._gate) return answer(recorder, argument);
        }
        catch (Exception exception)
        {
            recorder.Fail(exception);
            return 0;
        }
    }

    private void Forget()
    {
        foreach (var (_, text) in _errors) Marshal.FreeCoTaskMem(text);
        _errors.Clear();
        _overflowed = false;
    }
}
