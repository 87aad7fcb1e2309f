using System.Runtime.InteropServices;

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

    /// <summary>The outputs and frames as a postprocessor gets them.</summary>
    public GpuHeads Of(ReadOnlySpan<GpuFrame> frames) =>
        new(Upload(frames).Address, frames.Length, _outputs.ToArray(), new([.. _shapes]));

    /// <summary>Runs the kernels, again where they lacked room. Returns how often.</summary>
    public int Run<TResult>(GpuPostprocessor<TResult> postprocessor, params GpuFrame[] frames)
    {
        for (var i = 0; i < frames.Length; i++)
            if (frames[i].Width > 0) postprocessor.Describe(ref frames[i]);
        postprocessor.Reserve(frames);
        var of = Of(frames);
        for (var runs = 1; ; runs++)
        {
            postprocessor.Queue(queue, of);
            wait();
            if (postprocessor.IsComplete(frames.Length)) return runs;
            runs.ShouldBeLessThan(4);
            postprocessor.Grow(frames.Length);
        }
    }

    /// <summary>Writes other frames where a recording reads them.</summary>
    public static void Replace(KernelSet kernels, GpuQueue queue, Action wait, in GpuHeads heads, ReadOnlySpan<GpuFrame> frames)
    {
        var bytes = MemoryMarshal.AsBytes(frames);
        using var pinned = kernels.AllocatePinned(bytes.Length);
        bytes.CopyTo(pinned.Span);
        queue.Upload(heads.Frames, pinned.Address, bytes.Length);
        wait();
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers) buffer.Dispose();
    }

    private DeviceBuffer Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = kernels.Allocate(Math.Max(1, MemoryMarshal.AsBytes(values).Length));
        buffer.CopyFrom(values);
        _buffers.Add(buffer);
        return buffer;
    }
}
