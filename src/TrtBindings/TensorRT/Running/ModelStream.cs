using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Running;

/// <summary>A stream of another priority, from which a capture takes the priority of the model's kernels.</summary>
internal sealed class ModelStream(CudaContext context) : IDisposable
{
    private readonly CudaStream _stream = CudaStream.Create(context, TurnTrial.ModelPriority);
    private readonly CudaEvent _begins = CudaEvent.Create(context);
    private readonly CudaEvent _ends = CudaEvent.Create(context);

    /// <summary>Queues the model between what is queued on a stream that is being captured.</summary>
    public void Enqueue(CudaStream captured, TrtContext model)
    {
        _begins.Record(captured);
        _stream.WaitFor(_begins);
        model.EnqueueV3(_stream.Raw);
        _ends.Record(_stream);
        captured.WaitFor(_ends);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _begins.Dispose();
        _ends.Dispose();
    }
}
