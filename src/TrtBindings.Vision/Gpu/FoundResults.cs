using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Gpu;

/// <summary>The results of a batch: a header and records for each picture, on the device and in pinned host memory.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="added">Floats that a task adds to a record.</param>
internal sealed unsafe class FoundResults(KernelSet kernels, int added) : IDisposable
{
    private const int HeaderBytes = FoundHeader.Words * sizeof(uint);
    private const int Blocks = 8;
    private const int Threads = 128;

    private readonly GpuKernel _copy = kernels["copyResults"];
    private readonly GpuRoom _device = new(kernels);
    private readonly GpuRoom _host = new(kernels, isPinned: true);

    /// <summary>Words of a record with what the task adds.</summary>
    public int RecordWords { get; } = FoundRecord.Words + added;

    /// <summary>Records that there is room for in a picture. Set when the room is there.</summary>
    public int Most { get; set; }

    /// <summary>Words of a picture.</summary>
    public long Words => WordsOf(Most);

    /// <summary>Address on the device.</summary>
    public nint Address => _device.Address;

    /// <summary>Wants room.</summary>
    /// <param name="growth">Makes it.</param>
    /// <param name="batch">Pictures.</param>
    /// <param name="most">Records of a picture.</param>
    public void Need(GpuGrowth growth, int batch, int most)
    {
        var bytes = (nint)(batch * WordsOf(most) * sizeof(uint));
        growth.Add(_device, bytes);
        growth.Add(_host, bytes);
    }

    /// <summary>Queues the copy of what is used to the host.</summary>
    public void Queue(GpuQueue queue, int batch) =>
        queue.Launch(_copy, new(Blocks, 1, batch), Threads, Copy);

    /// <summary>What a kernel that copies what is used to the host needs.</summary>
    public FoundCopy Copy => new(_device.Address, _host.Address, Words, RecordWords);

    /// <summary>
    /// Queues -1 for the first picture's finds: the run made nothing for want of room. It is queued and not noted here, because a
    /// recording of it may be replayed later.
    /// </summary>
    public void QueueLack(GpuQueue queue)
    {
        queue.Fill(_device.Address, 0xFF, HeaderBytes);
        queue.Download(_host.Address, _device.Address, HeaderBytes);
    }

    /// <summary>Whether the run that has ended lacked room.</summary>
    public bool HasLack => CountOf(0) < 0;

    /// <summary>Number of records of a picture, after the run.</summary>
    public int CountOf(int item) => ((FoundHeader*)Picture(item))->Finds;

    /// <summary>A record, after the run.</summary>
    public ref readonly FoundRecord this[int item, int find] => ref *(FoundRecord*)Record(item, find);

    /// <summary>What the task adds to a record.</summary>
    public ReadOnlySpan<float> AddedOf(int item, int find) =>
        new((float*)(Record(item, find) + FoundRecord.Words), RecordWords - FoundRecord.Words);

    public void Dispose()
    {
        _device.Dispose();
        _host.Dispose();
    }

    private long WordsOf(int most) => FoundHeader.Words + ((long)most * RecordWords);

    /// <summary>A batch may have more than 2 GB, which no span has.</summary>
    private uint* Picture(int item) => (uint*)_host.Address + (item * Words);

    private uint* Record(int item, int find) => Picture(item) + FoundHeader.Words + ((long)find * RecordWords);
}

/// <summary>What a kernel that copies records needs, as native/kernels/results.cu reads it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FoundCopy(nint Results, nint Target, long Words, int RecordWords);
