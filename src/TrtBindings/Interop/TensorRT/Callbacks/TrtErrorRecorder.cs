using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's <c>IErrorRecorder</c>. Each object has one of its own, so that what is said about one is not taken for another's,
/// whichever thread it happened on.
/// </summary>
internal sealed unsafe class TrtErrorRecorder(TrtSlotTable slots) : TrtCallback(slots, "IErrorRecorder", "IErrorRecorder"u8,
    new TrtCallbackMethod("getNbErrors", (nint)(delegate* unmanaged[MemberFunction]<nint, int>)&GetNbErrors),
    new TrtCallbackMethod("getErrorCode", (nint)(delegate* unmanaged[MemberFunction]<nint, int, int>)&GetErrorCode),
    new TrtCallbackMethod("getErrorDesc", (nint)(delegate* unmanaged[MemberFunction]<nint, int, nint>)&GetErrorDesc),
    new TrtCallbackMethod("hasOverflowed", (nint)(delegate* unmanaged[MemberFunction]<nint, byte>)&HasOverflowed),
    new TrtCallbackMethod("clear", (nint)(delegate* unmanaged[MemberFunction]<nint, void>)&Clear),
    new TrtCallbackMethod("reportError", (nint)(delegate* unmanaged[MemberFunction]<nint, int, byte*, byte>)&ReportError),
    new TrtCallbackMethod("incRefCount", (nint)(delegate* unmanaged[MemberFunction]<nint, int>)&IncRefCount),
    new TrtCallbackMethod("decRefCount", (nint)(delegate* unmanaged[MemberFunction]<nint, int>)&DecRefCount))
{
    private const int MostErrors = 32;

    private readonly Lock _gate = new();
    private readonly List<(int Code, nint Text)> _errors = [];
    private bool _overflowed;
    private int _references;

    /// <summary>What was reported since the last time, oldest first; forgets it.</summary>
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
    private static int GetErrorCode(nint self, int index) =>
        (int)Ask(self, index, static (recorder, index) => recorder._errors.ElementAtOrDefault((int)index).Code);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint GetErrorDesc(nint self, int index) =>
        Ask(self, index, static (recorder, index) => recorder._errors.ElementAtOrDefault((int)index).Text);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte HasOverflowed(nint self) => (byte)Ask(self, 0, static (recorder, _) => recorder._overflowed ? 1 : 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void Clear(nint self) => Ask(self, 0, static (recorder, _) =>
    {
        recorder.Forget();
        return 0;
    });

    /// <summary>The answer says whether processing must stop: an error that is reported is one that the call ends with.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte ReportError(nint self, int code, byte* message)
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

    /// <summary>Runs with the recorder's list locked; an object that is gone, or an exception, answers 0.</summary>
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
