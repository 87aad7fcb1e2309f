namespace TrtBindings.Kernels.Tests.Support;

/// <summary>Runs a postprocessor on outputs made up by a test, on any driver.</summary>
internal sealed class Heads(KernelSet kernels, GpuQueue queue, Action wait) : IDisposable
{
    private readonly List<DeviceBuffer> _buffers = [];
    private readonly List<GpuOutput> _outputs = [];
    private readonly List<nint[]> _shapes = [];

    /// <summary>Adds the model's next output.</summary>
    public Heads Add<T>(ReadOnlySpan<T> values, params nint[] shape)
        where T : unmanaged
    {
        var type = typeof(T) == typeof(float) ? ElementType.Float : typeof(T) == typeof(Half) ? ElementType.Float16
            : typeof(T) == typeof(long) ? ElementType.Int64 : typeof(T) == typeof(int) ? ElementType.Int32
            : typeof(T) == typeof(byte) ? ElementType.UInt8 : typeof(T) == typeof(sbyte) ? ElementType.Int8
            : typeof(T) == typeof(short) ? ElementType.Int16 : ElementType.UInt16;
        _outputs.Add(new(Upload(values).Address, type));
        _shapes.Add(shape);
        return this;
    }

    /// <summary>The values as they are, or rounded to half precision.</summary>
    public Heads Add(float[] values, bool isHalf, params nint[] shape) => isHalf
        ? Add<Half>(Array.ConvertAll(values, value => (Half)value), shape) : Add<float>(values, shape);

    /// <summary>Runs the kernels, again where they lacked room. Returns how often.</summary>
    public int Run<TResult>(GpuPostprocessor<TResult> postprocessor, params GpuFrame[] frames)
    {
        for (var i = 0; i < frames.Length; i++)
            if (frames[i].Width > 0) postprocessor.Describe(ref frames[i]);
        postprocessor.Reserve(frames);
        var device = Upload<GpuFrame>(frames);
        for (var runs = 1; ; runs++)
        {
            postprocessor.Queue(queue, new(device.Address, frames.Length, [.. _outputs], new([.. _shapes])));
            wait();
            if (postprocessor.IsComplete(frames.Length)) return runs;
            runs.ShouldBeLessThan(4);
            postprocessor.Grow(frames.Length);
        }
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers) buffer.Dispose();
    }

    private DeviceBuffer Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = kernels.Allocate(Math.Max(1, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).Length));
        buffer.CopyFrom(values);
        _buffers.Add(buffer);
        return buffer;
    }
}
