using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu;

/// <summary>Events around the parts of a run, which a CUDA graph records too. They must outlive the graphs.</summary>
internal sealed class RunTimes(CudaContext context) : IDisposable
{
    private readonly CudaEvent _begin = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _modelBegins = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _modelEnds = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _end = CudaEvent.Create(context, timing: true);

    public void BeforeBegins(GpuQueue queue) => queue.Record(_begin);

    public void ModelBegins(GpuQueue queue) => queue.Record(_modelBegins);

    public void ModelEnds(GpuQueue queue) => queue.Record(_modelEnds);

    public void AfterEnds(GpuQueue queue) => queue.Record(_end);

    /// <summary>The times of the last run, which has completed.</summary>
    public GpuTimes Read() => new(Between(_begin, _modelBegins), Between(_modelBegins, _modelEnds), Between(_modelEnds, _end));

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _modelBegins.Dispose();
        _modelEnds.Dispose();
        _end.Dispose();
    }

    private static TimeSpan Between(CudaEvent start, CudaEvent end) => TimeSpan.FromMilliseconds(end.MillisecondsSince(start));
}
