using System.Runtime.InteropServices;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// Brings values from pinned memory to a model's input by a kernel before the model, and its output to pinned memory by a kernel
/// after it. The kernel copies as many bytes as a number on the device says, which each run uploads anew.
/// </summary>
internal sealed class KernelWork : GpuWork, IDisposable
{
    private const int Blocks = 64;
    private const int Threads = 256;

    private readonly GpuKernel _copy;
    private readonly DeviceBuffer _input;
    private readonly DeviceBuffer _output;
    private readonly DeviceBuffer _staged;
    private readonly DeviceBuffer _counts;
    private readonly PinnedBuffer _pinnedCounts;

    /// <summary>Moves the first input and the first output of a model to the device.</summary>
    /// <param name="gpu">The model's GPU.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    public KernelWork(ModelGpu gpu, KernelSet kernels, TensorBuffer input, TensorBuffer output)
    {
        _copy = kernels["copyUsed"];
        var (inputBytes, outputBytes) = (input.CapacityInBytes, output.CapacityInBytes);
        (_input, _output) = (gpu.Allocate(inputBytes), gpu.Allocate(outputBytes));
        input.UseDeviceMemory(_input);
        output.UseDeviceMemory(_output);
        _staged = gpu.Allocate(inputBytes);
        _counts = gpu.Allocate(2 * sizeof(int));
        (Values, Result) = (gpu.AllocatePinned(inputBytes), gpu.AllocatePinned(outputBytes));
        _pinnedCounts = gpu.AllocatePinned(2 * sizeof(int));
        Counts[0] = checked((int)inputBytes);
        Counts[1] = checked((int)outputBytes);
    }

    /// <summary>The next run's input.</summary>
    public PinnedBuffer Values { get; }

    /// <summary>The last run's output.</summary>
    public PinnedBuffer Result { get; }

    /// <summary>Bytes that the kernels copy, before and after.</summary>
    public Span<int> Counts => MemoryMarshal.Cast<byte, int>(_pinnedCounts.Span);

    /// <summary>Times that the work was queued or recorded.</summary>
    public int Queued { get; private set; }

    public void Dispose()
    {
        foreach (var memory in (DeviceBuffer[])[_input, _output, _staged, _counts]) memory.Dispose();
        foreach (var memory in (PinnedBuffer[])[Values, Result, _pinnedCounts]) memory.Dispose();
    }

    protected internal override void Prepare(GpuQueue queue)
    {
        queue.Upload(_staged.Address, Values.Address, Values.ByteLength);
        queue.Upload(_counts.Address, _pinnedCounts.Address, _counts.ByteLength);
    }

    protected internal override void Before(GpuQueue queue)
    {
        Queued++;
        queue.Launch(_copy, Blocks, Threads,
            new Arguments(_staged.Address, _input.Address, _counts.Address, (int)_input.ByteLength));
    }

    protected internal override void After(GpuQueue queue, GpuShapes outputs) => queue.Launch(_copy, Blocks, Threads,
        new Arguments(_output.Address, Result.Address, _counts.Address + sizeof(int), (int)_output.ByteLength));

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Arguments(nint Source, nint Target, nint Used, int Capacity);
}
