using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// An action that a stream calls when it gets there, on a thread of the driver. It may be queued many times, and disposed
/// while it is queued.
/// </summary>
internal sealed unsafe class CudaHostCallback : IDisposable
{
    private readonly Action _action;
    private readonly GCHandle _self;
    private Exception? _error;

    // One for this object until it is disposed, and one for each time that it is queued. A device that is lost does not
    // call back, and then a few bytes stay behind, which is better than a call into freed memory.
    private int _holds = 1;
    private int _isDisposed;

    /// <summary>Nothing is queued yet.</summary>
    /// <param name="action">Short, and without any call of CUDA: the driver would wait for itself.</param>
    public CudaHostCallback(Action action)
    {
        _action = action;
        _self = GCHandle.Alloc(this);
    }

    /// <summary>What the action threw last; the driver's thread cannot be told.</summary>
    public Exception? Error => Volatile.Read(ref _error);

    /// <summary>Queues the action after everything queued so far.</summary>
    public void EnqueueOn(CudaStream stream)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        using var scope = stream.Context.Enter();
        Interlocked.Increment(ref _holds);
        var result = stream.Context.Api.LaunchHostFunc(stream.Raw, &Invoke, GCHandle.ToIntPtr(_self));
        if (result != CudaResult.Success) LetGo();
        stream.Context.Check(result, "cuLaunchHostFunc");
    }

    /// <summary>Freed at once, or after the last call that is queued.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0) LetGo();
    }

    [UnmanagedCallersOnly]
    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "An exception that leaves a callback ends the process; it is kept for whoever asks.")]
    private static void Invoke(nint self)
    {
        var callback = (CudaHostCallback)GCHandle.FromIntPtr(self).Target!;
        try
        {
            callback._action();
        }
        catch (Exception e)
        {
            Volatile.Write(ref callback._error, e);
        }

        callback.LetGo();
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _holds) == 0) _self.Free();
    }
}
