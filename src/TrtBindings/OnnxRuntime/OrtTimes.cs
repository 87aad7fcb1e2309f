using TrtBindings.Interop.Cuda;

namespace TrtBindings.OnnxRuntime;

/// <summary>Events between the work before a run, the run, and the work after it.</summary>
internal sealed class OrtTimes(CudaContext context) : IDisposable
{
    private readonly CudaEvent _begin = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _modelBegins = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _modelEnds = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _end = CudaEvent.Create(context, timing: true);

    public void Begin(CudaStream stream) => _begin.Record(stream);

    public void ModelBegins(CudaStream stream) => _modelBegins.Record(stream);

    public void ModelEnds(CudaStream stream) => _modelEnds.Record(stream);

    public void End(CudaStream stream) => _end.Record(stream);

    /// <summary>The times of the last run, which has completed.</summary>
    public GpuTimes Read() => new(Between(_begin, _modelBegins), Between(_modelBegins, _modelEnds), Between(_modelEnds, _end));

    public void Dispose()
    {
        _begin.Dispose();
        _modelBegins.Dispose();
        _modelEnds.Dispose();
        _end.Dispose();
    }

    private static TimeSpan Between(CudaEvent start, CudaEvent end) => TimeSpan.FromMilliseconds(end.MillisecondsSince(start));
}
