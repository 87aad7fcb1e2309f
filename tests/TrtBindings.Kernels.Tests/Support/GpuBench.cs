using System.Runtime.InteropServices;

namespace TrtBindings.Kernels.Tests.Support;

/// <summary>What a comparison of kernels with the CPU needs: the stand-in driver's or a real one's.</summary>
/// <param name="Kernels">The kernels.</param>
/// <param name="Queue">A stream.</param>
/// <param name="Wait">Waits for what is queued on it.</param>
internal sealed record GpuBench(KernelSet Kernels, GpuQueue Queue, Action Wait)
{
    /// <summary>Device memory with these elements.</summary>
    public DeviceBuffer Upload<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        var buffer = Kernels.Allocate(Math.Max(elements.Length, 1) * Marshal.SizeOf<T>());
        buffer.CopyFrom(elements);
        return buffer;
    }

    /// <summary>Device memory with numbers, as 32-bit or 16-bit floats.</summary>
    public DeviceBuffer Upload(float[] values, bool isHalf) => isHalf
        ? Upload<Half>(Array.ConvertAll(values, value => (Half)value)) : Upload<float>(values);

    /// <summary>Runs a postprocessor until there was room for all results.</summary>
    /// <returns>How often it ran.</returns>
    public int Run<TResult>(
        GpuPostprocessor<TResult> postprocessor, GpuFrame[] frames, GpuOutput[] outputs, nint[][] shapes, int maxRuns = 3)
    {
        using var buffer = Upload<GpuFrame>(frames);
        postprocessor.Reserve(frames);
        for (var run = 1; ; run++)
        {
            postprocessor.Queue(Queue, new(buffer.Address, frames.Length, outputs, new(shapes)));
            Wait();
            if (postprocessor.IsComplete(frames.Length)) return run;
            run.ShouldBeLessThan(maxRuns, "one run to learn the sizes and one to learn the bytes are enough");
            postprocessor.Grow(frames.Length);
        }
    }
}
