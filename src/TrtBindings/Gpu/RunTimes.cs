using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu;

/// <summary>Events around the parts of a run, which a CUDA graph records too. They must outlive the graphs.</summary>
internal sealed class RunTimes(CudaContext context) : IDisposable
{
    private readonly CudaEvent _begin = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _beforeEnds = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _modelBegins = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _end = CudaEvent.Create(context, timing: true);

    /// <summary>The end of the model, for others that wait for it.</summary>
    public CudaEvent ModelEnd { get; } = CudaEvent.Create(context, timing: true);

    public void BeforeBegins(GpuQueue queue) => queue.Record(_begin);

    /// <summary>Only where something else lies between the work before the model and the model.</summary>
    public void BeforeEnds(GpuQueue queue) => queue.Record(_beforeEnds);

    public void ModelBegins(GpuQueue queue) => queue.Record(_modelBegins);

    public void ModelEnds(GpuQueue queue) => queue.Record(ModelEnd);

    public void AfterEnds(GpuQueue queue) => queue.Record(_end);

    /// <summary>The times of the last run, which has completed.</summary>
    /// <param name="hasGap">Whether the run has recorded <see cref="BeforeEnds"/>.</param>
    public GpuTimes Read(bool hasGap = false) => new(
        Between(_begin, hasGap ? _beforeEnds : _modelBegins), Between(_modelBegins, ModelEnd), Between(ModelEnd, _end));

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _beforeEnds.Dispose();
        _modelBegins.Dispose();
        ModelEnd.Dispose();
        _end.Dispose();
    }

    private static TimeSpan Between(CudaEvent start, CudaEvent end) => TimeSpan.FromMilliseconds(end.MillisecondsSince(start));
}
