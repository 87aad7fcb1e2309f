using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// A native object that TensorRT calls. It has three words: the method table, a handle of the managed object, and the name of
/// the class. The wrapper of the native object that uses it keeps it alive. A callback never lets an exception out: it keeps
/// the exception here and returns failure, and the call that TensorRT fails because of that throws with the exception inside.
/// </summary>
internal abstract unsafe class TrtCallback : SafeHandle
{
    private Exception? _failure;

    /// <summary>Creates the native object.</summary>
    /// <param name="table">The method table, from <see cref="TrtCallbackTables"/>.</param>
    /// <param name="kind">The result of <c>getInterfaceInfo</c>: a UTF-8 literal, which ends with 0 and does not move.</param>
    protected TrtCallback(nint table, ReadOnlySpan<byte> kind)
        : base(0, ownsHandle: true)
    {
        var block = (nint*)NativeMemory.Alloc(3, (nuint)sizeof(nint));
        block[0] = table;
        // Weak, so that an object that nobody holds any more is collected. It can still be found while it is finalized.
        block[1] = GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.WeakTrackResurrection));
        block[2] = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(kind));
        SetHandle((nint)block);
    }

    /// <summary>The native object.</summary>
    public nint Raw => handle;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The first exception that a callback threw since the last call.</summary>
    public Exception? TakeFailure() => Interlocked.Exchange(ref _failure, null);

    /// <summary>The managed object behind a native one; <see langword="null"/> if it was collected.</summary>
    protected static T? Of<T>(nint self)
        where T : TrtCallback => GCHandle.FromIntPtr(((nint*)self)[1]).Target as T;

    /// <summary>Keeps an exception for <see cref="TakeFailure"/>.</summary>
    protected void Fail(Exception exception) => Interlocked.CompareExchange(ref _failure, exception, null);

    /// <inheritdoc/>
    protected sealed override bool ReleaseHandle()
    {
        GCHandle.FromIntPtr(((nint*)handle)[1]).Free();
        NativeMemory.Free((void*)handle);
        FreeMore();
        return true;
    }

    /// <summary>Frees further memory of a derived class.</summary>
    protected virtual void FreeMore()
    {
    }
}
