using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Gpu;

/// <summary>The results of a batch: a header and records for each picture, on the device and in pinned host memory.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="added">Floats that a task adds to a record.</param>
internal sealed class FoundResults(KernelSet kernels, int added) : IDisposable
{
    private const int Blocks = 8;
    private const int Threads = 128;

    private readonly GpuKernel _copy = kernels["copyResults"];
    private readonly GpuRoom _device = new(kernels);
    private readonly GpuRoom _host = new(kernels, isPinned: true);

    /// <summary>Words of a record with what the task adds.</summary>
    public int RecordWords { get; } = FoundRecord.Words + added;

    /// <summary>Words of a picture.</summary>
    public long Words { get; private set; }

    /// <summary>Address on the device.</summary>
    public nint Address => _device.Address;

    /// <summary>Makes room.</summary>
    /// <param name="batch">Pictures.</param>
    /// <param name="most">Records of a picture.</param>
    /// <returns>True if an address changed.</returns>
    public bool Need(int batch, int most)
    {
        Words = FoundHeader.Words + ((long)most * RecordWords);
        var bytes = (nint)(batch * Words * sizeof(uint));
        return _device.Need(bytes) | _host.Need(bytes);
    }

    /// <summary>Queues the copy of what is used to the host.</summary>
    public void Queue(GpuQueue queue, int batch) =>
        queue.Launch(_copy, new(Blocks, 1, batch), Threads, new Arguments(_device.Address, _host.Address, Words, RecordWords));

    /// <summary>Number of records of a picture, after the run.</summary>
    public int CountOf(int item) => MemoryMarshal.AsRef<FoundHeader>(Picture(item)).Finds;

    /// <summary>A record, after the run.</summary>
    public ref readonly FoundRecord this[int item, int find] => ref MemoryMarshal.AsRef<FoundRecord>(Record(item, find));

    /// <summary>What the task adds to a record.</summary>
    public ReadOnlySpan<float> AddedOf(int item, int find) =>
        MemoryMarshal.Cast<byte, float>(Record(item, find)[(FoundRecord.Words * sizeof(uint))..]);

    public void Dispose()
    {
        _device.Dispose();
        _host.Dispose();
    }

    private ReadOnlySpan<byte> Picture(int item) => _host.Span[(int)(item * Words * sizeof(uint))..];

    private ReadOnlySpan<byte> Record(int item, int find) => Picture(item).Slice(
        (FoundHeader.Words + (find * RecordWords)) * sizeof(uint), RecordWords * sizeof(uint));

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Arguments(nint Results, nint Target, long Words, int RecordWords);
}
