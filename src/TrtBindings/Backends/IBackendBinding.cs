namespace TrtBindings.Backends;

/// <summary>
/// Inputs and outputs bound to a session. Not thread-safe: one run at a time. Follows changes of the tensors' shapes and
/// addresses by itself (<see cref="TensorBuffer.Version"/>).
/// </summary>
internal interface IBackendBinding : IDisposable
{
    /// <summary>
    /// Runs once. Afterwards every output has the shape that the backend reported, and its values. After an error the outputs
    /// keep their memory, and the binding stays usable.
    /// </summary>
    /// <exception cref="TensorException">A tensor's shape, type or memory does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime failed.</exception>
    /// <exception cref="TensorRtException">TensorRT failed.</exception>
    /// <exception cref="CudaException">The GPU failed, or has too little memory.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    void Run(CancellationToken cancellationToken);

    /// <summary>
    /// Runs once without blocking a thread, as far as the backend can. The task fails with the exceptions of
    /// <see cref="Run"/>. Inputs and outputs are in use until the task completes, and the binding must not be run or disposed
    /// before. On a GPU the token has effect until the run is queued. On the CPU a thread pool thread runs the model, and the
    /// token ends it.
    /// </summary>
    ValueTask RunAsync(CancellationToken cancellationToken);
}
