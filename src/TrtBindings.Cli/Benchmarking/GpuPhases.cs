using System.Diagnostics;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>
/// A run whose tensors are on the GPU, with the copies around it queued by itself, so that events stand between the parts. A
/// plain run copies too, and its parts cannot be told apart.
/// </summary>
internal sealed class GpuPhases : GpuWork, IDisposable
{
    private const int Alignment = 256;

    private readonly UntypedOnnxModel _model;
    private readonly BenchWorker _worker;
    private readonly List<(PinnedBuffer Host, DeviceBuffer Device)> _uploads = [];
    private readonly List<(PinnedBuffer Host, DeviceBuffer Device)> _downloads = [];
    private readonly GpuEvent _start;
    private readonly GpuEvent _uploaded;
    private readonly GpuEvent _computed;
    private readonly GpuEvent _downloaded;

    /// <summary>Moves a worker's tensors to the GPU. It has run before, so that its outputs have their sizes.</summary>
    public GpuPhases(UntypedOnnxModel model, BenchWorker worker)
    {
        (_model, _worker) = (model, worker);
        var gpu = model.Gpu!;
        (_start, _uploaded) = (gpu.CreateEvent(timed: true), gpu.CreateEvent(timed: true));
        (_computed, _downloaded) = (gpu.CreateEvent(timed: true), gpu.CreateEvent(timed: true));
        MeasuresTimes = true;
        foreach (var tensor in worker.Inputs.Tensors) Move(gpu, tensor, worker.Inputs.BytesOf(tensor.Name), _uploads);
        foreach (var tensor in worker.Outputs.Tensors)
            if (tensor is not UntypedOutputTensor) Move(gpu, tensor, worker.Outputs.BytesOf(tensor.Name), _downloads);
    }

    /// <summary>Runs and takes the times of the parts.</summary>
    public async Task<PhaseFigures> MeasureAsync(BenchSettings settings, CancellationToken cancellation)
    {
        var (uploads, computes) = (new List<double>(), new List<double>());
        var (downloads, enqueues) = (new List<double>(), new List<double>());
        // The CUDA provider's call returns when the model has run.
        var returnsEarly = _model.Backend.Kind == BackendKind.TensorRT;
        var begin = Stopwatch.GetTimestamp();
        for (var run = -BenchSettings.FewestWarmUps; ; run++)
        {
            var call = Stopwatch.GetTimestamp();
            var task = _model.Gpu!.RunAsync(_worker.Inputs, _worker.Outputs, this, cancellation);
            var queued = Stopwatch.GetElapsedTime(call);
            await task.ConfigureAwait(false);
            if (run < 0) continue;
            _downloaded.Wait();
            uploads.Add(_uploaded.ElapsedSince(_start).TotalMilliseconds);
            if (LastTimes is { } times) computes.Add(times.Model.TotalMilliseconds);
            downloads.Add(_downloaded.ElapsedSince(_computed).TotalMilliseconds);
            if (returnsEarly) enqueues.Add(queued.TotalMilliseconds);
            if (run + 1 >= BenchSettings.FewestRuns && Stopwatch.GetElapsedTime(begin) >= settings.Duration) break;
        }

        return new(Figures.Of(uploads), Figures.Of(computes), Figures.Of(downloads), Figures.Of(enqueues));
    }

    /// <inheritdoc/>
    protected override void Prepare(GpuQueue queue)
    {
        queue.Record(_start);
        foreach (var (host, device) in _uploads) queue.Upload(device.Address, host.Address, host.ByteLength);
        queue.Record(_uploaded);
    }

    /// <inheritdoc/>
    protected override void Complete(GpuQueue queue)
    {
        queue.Record(_computed);
        foreach (var (host, device) in _downloads) queue.Download(host.Address, device.Address, host.ByteLength);
        queue.Record(_downloaded);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _worker.Inputs.Tensors.Concat(_worker.Outputs.Tensors)) tensor.UseHostMemory();
        foreach (var (host, device) in _uploads.Concat(_downloads))
        {
            host.Dispose();
            device.Dispose();
        }

        foreach (var one in (GpuEvent[])[_start, _uploaded, _computed, _downloaded]) one.Dispose();
    }

    private static void Move(
        ModelGpu gpu, TensorBuffer tensor, ReadOnlySpan<byte> bytes, List<(PinnedBuffer, DeviceBuffer)> into)
    {
        var device = gpu.Allocate((Math.Max(1, bytes.Length) + Alignment - 1) / Alignment * Alignment);
        var host = gpu.AllocatePinned(bytes.Length);
        bytes.CopyTo(host.Span);
        into.Add((host, device));
        tensor.UseDeviceMemory(device);
    }
}

/// <summary>Times of the parts of a run on the GPU, taken by events there, and of the host's part.</summary>
internal sealed record PhaseFigures(Figures? Upload, Figures? Compute, Figures? Download, Figures? Enqueue);
