namespace TrtBindings.Backends;

/// <summary>
/// Inputs and outputs bound to a session. Not thread-safe: one run at a time. Notices by itself when a tensor gets another shape
/// or address (<see cref="TensorBuffer.Version"/>).
/// </summary>
internal interface IBackendBinding : IDisposable
{
    /// <summary>Work around the next run; <see langword="null"/> for none.</summary>
    GpuWork? Work { get; set; }

    /// <summary>
    /// Runs once. Afterwards every output has the shape and the values that the backend reported. After a failure the outputs
    /// keep their memory and the binding stays usable.
    /// </summary>
    /// <exception cref="TensorException">A tensor's shape, type or memory does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime failed.</exception>
    /// <exception cref="TensorRtException">TensorRT failed.</exception>
    /// <exception cref="CudaException">The GPU failed, or has too little memory.</exception>
    void Run(CancellationToken cancellationToken);

    /// <summary>
    /// Runs once without blocking a thread, as far as the backend can. Inputs and outputs are in use until the task is complete;
    /// the binding must not be run or disposed before that. On a GPU the token has no effect once the run is queued. On the CPU
    /// a thread of the pool runs the model, and the token stops it.
    /// </summary>
    ValueTask RunAsync(CancellationToken cancellationToken);
}
