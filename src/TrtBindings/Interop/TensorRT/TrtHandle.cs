using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.Native;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Owned layer: one native object, destroyed once. It keeps alive the object that it was made of and the callbacks that it
/// was given, so that disposal in any order, and none at all, is right. Methods of derived classes do not count as a use of
/// the object to the garbage collector once the call has begun: who calls them has the object in a field, or disposes of it
/// afterwards.
/// </summary>
internal abstract unsafe class TrtHandle : ChildHandle
{
    private readonly Dictionary<string, SafeHandle> _held = [];

    /// <summary>Takes a native object over.</summary>
    /// <param name="library">Whose object it is.</param>
    /// <param name="native">Not 0.</param>
    /// <param name="parent">What it was made of.</param>
    /// <exception cref="ObjectDisposedException">The parent is destroyed already.</exception>
    protected TrtHandle(TrtLibrary library, nint native, TrtHandle? parent)
        : base(parent)
    {
        Library = library;
        Cuda = parent?.Cuda;
        SetHandle(native);
    }

    /// <summary>The library that the object belongs to.</summary>
    public TrtLibrary Library { get; }

    /// <summary>
    /// What must be current while the native object is destroyed, on whatever thread that is; <see langword="null"/> where it
    /// does not matter. What is made of the object has the same.
    /// </summary>
    public CudaContext? Cuda { get; protected init; }

    /// <summary>The native object, for callers that keep this alive themselves.</summary>
    public nint Raw => IsClosed ? throw new ObjectDisposedException(GetType().Name) : handle;

    /// <summary>What was recorded about this object; <see langword="null"/> for those without a recorder.</summary>
    public TrtErrorRecorder? Recorder { get; private set; }

    /// <summary>What TensorRT said since the last error: by this object's recorder, else by the log of this thread.</summary>
    public IReadOnlyList<string> TakeMessages()
    {
        var logged = TrtLogger.TakeErrors();
        return Recorder?.Take() is { Count: > 0 } recorded ? recorded : logged;
    }

    /// <summary>What a callback that was given to this object caught.</summary>
    public Exception? TakeCallbackFailure()
    {
        lock (_held)
            return _held.Values.OfType<TrtCallback>().Select(callback => callback.TakeFailure())
                .FirstOrDefault(found => found is not null);
    }

    /// <summary>Gives the object a recorder of its own.</summary>
    protected void AttachRecorder(delegate* unmanaged[MemberFunction]<nint, nint, void> setErrorRecorder, nint self)
    {
        Recorder = new(Library.Slots);
        Hold("recorder", Recorder);
        setErrorRecorder(self, Recorder.Raw);
    }

    /// <summary>Keeps something alive for as long as the native object may use it.</summary>
    /// <param name="place">What it is for: another thing for the same place takes this one's.</param>
    /// <param name="thing"><see langword="null"/> for nothing any more.</param>
    protected void Hold(string place, SafeHandle? thing)
    {
        lock (_held)
        {
            if (thing is not null)
            {
                var added = false;
                thing.DangerousAddRef(ref added);
            }

            if (_held.Remove(place, out var before)) before.DangerousRelease();
            if (thing is not null) _held[place] = thing;
        }
    }

    /// <summary>Destroys the native object. One without an owner's duty does nothing here.</summary>
    protected override void Free(nint native)
    {
        var calls = new TrtNoCopyCalls(TrtTarget.OfObject(native, Library.Slots));
        // A device that is lost is no reason to keep what lies in host memory.
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
