using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.Native;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Owned layer: one native object, destroyed once. It keeps alive the object that created it and the callbacks that it was
/// given, so it does not matter in which order objects are disposed, or whether they are. A running call of a derived class
/// does not keep the object alive for the garbage collector: callers keep it in a field, or dispose of it after the call.
/// </summary>
internal abstract unsafe class TrtHandle : ChildHandle
{
    private readonly Dictionary<string, SafeHandle> _held = [];

    /// <summary>Takes ownership of a native object.</summary>
    /// <param name="library">The library that the object is from.</param>
    /// <param name="native">The object; not 0.</param>
    /// <param name="parent">The object that created it.</param>
    /// <exception cref="ObjectDisposedException">The parent is destroyed already.</exception>
    protected TrtHandle(TrtLibrary library, nint native, TrtHandle? parent)
        : base(parent)
    {
        Library = library;
        Cuda = parent?.Cuda;
        SetHandle(native);
    }

    /// <summary>The library that the object is from.</summary>
    public TrtLibrary Library { get; }

    /// <summary>
    /// The CUDA context that must be current while the native object is destroyed, on any thread; <see langword="null"/> if
    /// none is needed. Child objects take it over.
    /// </summary>
    public CudaContext? Cuda { get; protected init; }

    /// <summary>The native object. The caller keeps this object alive while it uses the address.</summary>
    public nint Raw => IsClosed ? throw new ObjectDisposedException(GetType().Name) : handle;

    /// <summary>The error recorder of this object; <see langword="null"/> for classes without one.</summary>
    public TrtErrorRecorder? Recorder { get; private set; }

    /// <summary>The errors since the last call: those of this object's recorder, or else those logged on this thread.</summary>
    public IReadOnlyList<string> TakeMessages()
    {
        var logged = TrtLogger.TakeErrors();
        return Recorder?.Take() is { Count: > 0 } recorded ? recorded : logged;
    }

    /// <summary>An exception that a callback of this object threw.</summary>
    public Exception? TakeCallbackFailure()
    {
        lock (_held)
            return _held.Values.OfType<TrtCallback>().Select(callback => callback.TakeFailure())
                .FirstOrDefault(found => found is not null);
    }

    /// <summary>Gives the object an error recorder of its own.</summary>
    protected void AttachRecorder(delegate* unmanaged[MemberFunction]<nint, nint, void> setErrorRecorder, nint self)
    {
        Recorder = new(Library.Slots);
        Hold("recorder", Recorder);
        setErrorRecorder(self, Recorder.Raw);
    }

    /// <summary>Keeps something alive for as long as the native object may use it.</summary>
    /// <param name="purpose">What it is for. The thing held before for the same purpose is released.</param>
    /// <param name="thing"><see langword="null"/> to hold nothing for this purpose any more.</param>
    protected void Hold(string purpose, SafeHandle? thing)
    {
        lock (_held)
        {
            if (thing is not null)
            {
                var added = false;
                thing.DangerousAddRef(ref added);
            }

            if (_held.Remove(purpose, out var before)) before.DangerousRelease();
            if (thing is not null) _held[purpose] = thing;
        }
    }

    /// <summary>
    /// Destroys the native object. Classes whose objects belong to another object override this and do nothing.
    /// </summary>
    protected override void Free(nint native)
    {
        var calls = new TrtNoCopyCalls(TrtTarget.OfObject(native, Library.Slots));
        // If the GPU is lost, its context cannot be entered. The host memory of the object is freed all the same.
        if (Cuda is { } cuda && cuda.TryEnter(out var scope))
            using (scope) calls.Delete(native, 1);
        else
            calls.Delete(native, 1);
    }

    /// <inheritdoc/>
    protected sealed override void LetGo()
    {
        foreach (var thing in _held.Values) thing.DangerousRelease();
    }
}
