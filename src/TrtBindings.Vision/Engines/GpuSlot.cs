using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Engines;

/// <summary>
/// What one frame in flight has on the GPU: pictures, frames, kernels before and after the model. One call at a time.
/// </summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal sealed class GpuSlot<TResult> : IDisposable
{
    private static readonly int FrameBytes = Unsafe.SizeOf<GpuFrame>();

    private readonly ImageRunner _runner;
    private readonly ProcessingPlaces _places;
    private readonly GpuPreprocessor _preprocessor;
    private readonly GpuPostprocessor<TResult>? _postprocessor;
    private readonly PictureMemory? _pictures;
    private readonly ModelGpu _gpu;
    private readonly DeviceLease _lease;
    private readonly PinnedBuffer _frames;
    private readonly DeviceBuffer _deviceFrames;
    private readonly SlotWork<TResult> _work;

    /// <summary>Makes a slot.</summary>
    /// <exception cref="CudaException">A kernel is missing, or there is too little memory.</exception>
    public GpuSlot(
        ModelGpu gpu, KernelSet kernels, GpuFactory<TResult> factory, ImageRunner runner, ProcessingPlaces places)
    {
        (_runner, _places, _gpu) = (runner, places, gpu);
        Order = new(gpu, runner.Input.MaxBatch);
        _lease = new(gpu);
        _work = new(this);
        var bytes = runner.Input.MaxBatch * FrameBytes;
        var parts = new Stack<IDisposable>();
        try
        {
            parts.Push(_frames = gpu.AllocatePinned(bytes));
            parts.Push(_deviceFrames = gpu.Allocate(bytes));
            parts.Push(_preprocessor = factory.CreatePreprocessor(kernels));
            if (places.Postprocesses) parts.Push(_postprocessor = factory.CreatePostprocessor(kernels));
            if (_postprocessor is not null) _postprocessor.Lease = _lease;
            if (places.Preprocesses) _pictures = new(gpu, runner.Input.MaxBatch);
        }
        catch
        {
            foreach (var part in parts) part.Dispose();
            throw;
        }
    }

    /// <summary>The work around the model's run.</summary>
    public GpuWork Work => _work;

    /// <summary>The order between pictures that are on the GPU and the run.</summary>
    public PictureOrder Order { get; }

    /// <summary>Number of pictures of the call.</summary>
    public int Batch => _runner.Batch;

    /// <summary>Makes results; <see langword="null"/> if the processor does.</summary>
    public GpuPostprocessor<TResult>? Postprocessor => _postprocessor;

    /// <summary>One frame for each place in the batch.</summary>
    private Span<GpuFrame> Frames => MemoryMarshal.Cast<byte, GpuFrame>(_frames.Span)[.._runner.Batch];

    /// <summary>Begins a call whose size is set.</summary>
    public void Start()
    {
        _lease.End();
        Frames.Clear();
        _pictures?.Start();
        Order.Start();
    }

    /// <summary>Describes a picture in host memory.</summary>
    /// <exception cref="ImageException">The picture is too extreme in shape.</exception>
    public void Add(ImageView image, int index)
    {
        ref var frame = ref Frames[index];
        (frame.Width, frame.Height, frame.Format) = (image.Width, image.Height, (int)image.Format);
        Describe(ref frame);
        _pictures?.Plan(image, _preprocessor.RowsOf(frame));
    }

    /// <summary>Describes a picture on the GPU.</summary>
    /// <exception cref="ImageException">It is too extreme in shape, or is not in memory of this GPU.</exception>
    public void Add(in GpuImage image, int index)
    {
        image.CheckOn(_gpu);
        ref var frame = ref Frames[index];
        image.Fill(ref frame);
        Describe(ref frame);
        Order.Add(image.Order);
    }

    private void Describe(ref GpuFrame frame)
    {
        _preprocessor.Describe(ref frame);
        _postprocessor?.Describe(ref frame);
    }

    /// <summary>Makes room for all pictures of the call.</summary>
    /// <exception cref="DeviceMemoryException">There is too little memory.</exception>
    public void Reserve()
    {
        _pictures?.Reserve();
        // Each by itself: the second may fail, and recordings would use memory that the first no longer has.
        if (_places.Preprocesses && _preprocessor.Reserve(Frames)) _work.Renew();
        if (_postprocessor?.Reserve(Frames) == true) _work.Renew();
    }

    /// <summary>Reads the pixels of a picture in host memory.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="memory">Its memory, which is kept as long as the GPU may read it.</param>
    /// <param name="index">Its place in the call.</param>
    public void Load(ImageView image, in ImageMemory memory, int index) =>
        _pictures?.Load(index, image, memory, ref Frames[index]);

    /// <summary>Whether the run filled all results. If not, there is room for them now, and the kernels must run again.</summary>
    /// <exception cref="DeviceMemoryException">There is too little memory.</exception>
    public bool IsComplete()
    {
        if (_postprocessor is null || _postprocessor.IsComplete(_runner.Batch)) return true;
        _postprocessor.Grow(_runner.Batch);
        _work.SetRepeat(true);
        return false;
    }

    /// <summary>Ends the repetitions that <see cref="IsComplete"/> asked for.</summary>
    public void EndRepeat() => _work.SetRepeat(false);

    /// <summary>Reads the result of one picture.</summary>
    public void Read(int item, TResult result, ResultBuffer? buffer) =>
        _postprocessor!.Read(item, Frames[item], result, buffer);

    /// <summary>Queues what differs in each run.</summary>
    public void QueueUploads(GpuQueue queue)
    {
        Order.QueueWaits(queue);
        _pictures?.Upload(queue);
        queue.Upload(_deviceFrames.Address, _frames.Address, _runner.Batch * FrameBytes);
    }

    /// <summary>Queues the kernels before the model.</summary>
    public void QueuePreprocessing(GpuQueue queue)
    {
        if (!_places.Preprocesses) return;
        var input = _runner.Input;
        _preprocessor.Queue(queue, new(_deviceFrames.Address, _runner.Batch, _runner.InputAddress, _runner.IsInputHalf,
            input.Channels, input.IsChannelsLast, _runner.Width, _runner.Height));
    }

    /// <summary>Queues the kernels after the model.</summary>
    public void QueuePostprocessing(GpuQueue queue, GpuShapes shapes) => _postprocessor?.Queue(
        queue, new(_deviceFrames.Address, _runner.Batch, _runner.DeviceOutputs, shapes));

    /// <summary>Tells producers that their pixels were read.</summary>
    public void QueueRelease(GpuQueue queue) => Order.QueueReleases(queue);

    /// <summary>Frees its memory. No run may use it.</summary>
    public void Dispose()
    {
        _lease.End();
        Order.Dispose();
        _pictures?.Dispose();
        _postprocessor?.Dispose();
        _preprocessor.Dispose();
        _deviceFrames.Dispose();
        _frames.Dispose();
    }
}
