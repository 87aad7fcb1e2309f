using System.Runtime.InteropServices;
using System.Runtime.CompilerServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// A native object that TensorRT calls: three words, the method table, a handle of the managed object and the name of its
/// class. The native object that was given it holds it until that one is destroyed. No callback lets an exception out: it is
/// kept here, the callback answers failure, and the call that TensorRT fails because of it carries the exception.
/// </summary>
internal abstract unsafe class TrtCallback : SafeHandle
{
    private Exception? _failure;

    /// <summary>Makes the native object.</summary>
    /// <param name="slots">Of the loaded version.</param>
    /// <param name="type">The class in the slot data.</param>
    /// <param name="kind">What <c>getInterfaceInfo</c> says, as a UTF-8 literal: literals end with 0 and do not move.</param>
    /// <param name="methods">All methods but the destructor and the two that every class has.</param>
    protected TrtCallback(
        TrtSlotTable slots, string type, ReadOnlySpan<byte> kind, params ReadOnlySpan<TrtCallbackMethod> methods)
        : base(0, ownsHandle: true)
    {
        var table = TrtCallbackTables.Get(slots, type, methods);
        var block = (nint*)NativeMemory.Alloc(3, (nuint)sizeof(nint));
        block[0] = table;
        // Weak, so that an object that everybody has let go of is freed; found also while it is being finalized.
        block[1] = GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.WeakTrackResurrection));
        block[2] = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(kind));
        SetHandle((nint)block);
    }

    /// <summary>The native object.</summary>
    public nint Raw => handle;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The first exception that a callback caught since the last time this was asked.</summary>
    public Exception? TakeFailure() => Interlocked.Exchange(ref _failure, null);

    /// <summary>The managed object behind a native one; <see langword="null"/> where it is gone.</summary>
    protected static T? Of<T>(nint self)
        where T : TrtCallback => GCHandle.FromIntPtr(((nint*)self)[1]).Target as T;

    /// <summary>Keeps an exception that a callback caught.</summary>
    protected void Fail(Exception exception) => Interlocked.CompareExchange(ref _failure, exception, null);

    /// <inheritdoc/>
    protected sealed override bool ReleaseHandle()
    {
        GCHandle.FromIntPtr(((nint*)handle)[1]).Free();
        NativeMemory.Free((void*)handle);
        FreeMore();
        return true;
    }

    /// <summary>Frees what a derived object has besides.</summary>
    protected virtual void FreeMore()
    {
    }
}
