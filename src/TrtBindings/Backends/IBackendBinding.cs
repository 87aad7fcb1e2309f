namespace TrtBindings.Backends;

/// <summary>
/// Inputs and outputs tied to an engine. Not thread-safe: one run at a time. Follows changes of the tensors' shape and
/// address by itself (<see cref="TensorBuffer.Version"/>).
/// </summary>
internal interface IBackendBinding : IDisposable
{
    /// <summary>
    /// Runs once. Afterwards every output has the shape that the backend reported and holds its values. On failure the
    /// outputs keep their memory and the binding stays usable.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="OnnxRuntimeException">The backend failed.</exception>
    /// <exception cref="TensorRtException">The backend failed.</exception>
    /// <exception cref="CudaException">The GPU failed, or has too little memory.</exception>
    void Run(CancellationToken cancellationToken);

    /// <summary>
    /// The same without a thread that waits, as far as the backend can. Inputs and outputs are in use until the task is
    /// complete, and the binding is not run or disposed meanwhile. On a GPU the token is heard until the run is queued, not
    /// after; on the processor a thread of the pool runs it, and the token ends it.
    /// </summary>
    ValueTask RunAsync(CancellationToken cancellationToken);
}
