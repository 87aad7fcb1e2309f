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
    void Run(CancellationToken cancellationToken);
}
