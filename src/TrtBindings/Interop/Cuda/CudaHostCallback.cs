using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// An action that a stream calls on a thread of the driver, with
/// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__EXEC.html">cuLaunchHostFunc</see>. It can be queued many
/// times, and disposed while it is queued.
/// </summary>
internal sealed unsafe class CudaHostCallback : IDisposable
{
    private readonly Action _action;
    private readonly GCHandle _self;
    private Exception? _error;

    // One until this object is disposed, plus one for each queued call. A lost device never calls back. Then a few bytes leak,
    // which is better than a call into freed memory.
    private int _holds = 1;
    private int _isDisposed;

    /// <summary>Prepares a callback. Nothing is queued yet.</summary>
    /// <param name="action">A short action. It must not call CUDA, because the driver would wait for itself.</param>
    public CudaHostCallback(Action action)
    {
        _action = action;
        _self = GCHandle.Alloc(this);
    }

    /// <summary>The last exception that the action threw. It cannot leave the thread of the driver.</summary>
    public Exception? Error => Volatile.Read(ref _error);

    /// <summary>Queues the action after all work that is queued on the stream so far.</summary>
    public void EnqueueOn(CudaStream stream)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        using var scope = stream.Context.Enter();
        Interlocked.Increment(ref _holds);
        var result = stream.Context.Api.LaunchHostFunc(stream.Raw, &Invoke, GCHandle.ToIntPtr(_self));
        if (result != CudaResult.Success) LetGo();
        stream.Context.Check(result, "cuLaunchHostFunc");
    }

    /// <summary>Frees the callback now, or after the last queued call.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0) LetGo();
    }

    [UnmanagedCallersOnly]
    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "An exception that leaves a native callback ends the process, so it is stored in Error.")]
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
