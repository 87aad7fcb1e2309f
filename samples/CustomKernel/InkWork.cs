using System.Globalization;
using TrtBindings;

namespace CustomKernel;

/// <summary>
/// Brings pictures to the model's input with our own kernel, on the model's stream and inside its CUDA graph. The pictures are
/// copied to the same pinned memory each time, so the graph never needs other addresses.
/// </summary>
internal sealed class InkWork : GpuWork, IDisposable
{
    private const int Threads = 256;

    private readonly GpuModule _module;
    private readonly GpuKernel _stretch;
    private readonly DeviceBuffer _pixels;
    private readonly PinnedBuffer _pictures;
    private readonly int _batch;
    private readonly int _pixelsPerPicture;

    public InkWork(ModelGpu gpu, byte[] ptx, int batch, int pixelsPerPicture)
    {
        (_batch, _pixelsPerPicture) = (batch, pixelsPerPicture);
        _module = gpu.LoadModule(ptx);
        _stretch = _module.Kernel("stretchInk");
        // All memory is there before the first run: none can be allocated while a graph is recorded.
        _pixels = gpu.Allocate(batch * pixelsPerPicture);
        _pictures = gpu.AllocatePinned(batch * pixelsPerPicture);
        Input = gpu.Allocate(batch * 3 * pixelsPerPicture * sizeof(float));
        MeasuresTimes = true;
    }

    /// <summary>The model's input, which only the kernel writes.</summary>
    public DeviceBuffer Input { get; }

    /// <summary>How long it took to load the kernel, and whether it was compiled before.</summary>
    public string Loaded => string.Create(CultureInfo.InvariantCulture,
        $"{_module.LoadTime.TotalMilliseconds:0.0} ms, {(_module.IsFromCache ? "from the cache" : "compiled")}");

    /// <summary>The pixels of a picture of the next run.</summary>
    public Span<byte> PictureAt(int index) => _pictures.Span.Slice(index * _pixelsPerPicture, _pixelsPerPicture);

    public void Dispose()
    {
        Input.Dispose();
        _pixels.Dispose();
        _pictures.Dispose();
        _module.Dispose();
    }

    /// <summary>In each run: the new pictures.</summary>
    protected override void Prepare(GpuQueue queue) =>
        queue.Upload(_pixels.Address, _pictures.Address, _batch * _pixelsPerPicture);

    /// <summary>Recorded once: one block for each picture.</summary>
    protected override void Before(GpuQueue queue) =>
        queue.Launch(_stretch, _batch, Threads, _pixels.Address, Input.Address, _pixelsPerPicture, 0.5f, 0.5f);
}
