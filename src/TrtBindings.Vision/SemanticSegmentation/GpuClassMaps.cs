using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>
/// Class maps by kernels, equal to those of <see cref="ClassMapDecoder"/>, <see cref="PlaneThreshold"/> and
/// <see cref="LabelMapReader"/>. The maps stay on the device or come to the host.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
internal sealed class GpuClassMaps<TLabel> : GpuPostprocessor<ClassMap<TLabel>>
    where TLabel : unmanaged, Enum
{
    private const int Threads = 256;

    /// <summary>Pixels that a block of classMap handles at once.</summary>
    private const int TilePixels = 64 * 32;

    /// <summary>A count for each of 256 classes.</summary>
    private const int AreaBytes = 256 * sizeof(int);

    private static readonly int NoteBytes = Unsafe.SizeOf<MapNotes>();

    private readonly SegmentationHead _head;
    private readonly ClassMapSource _source;
    private readonly int _batch;
    private readonly bool _staysOnDevice;
    private readonly GpuKernel _logits;
    private readonly GpuKernel _values;
    private readonly GpuKernel _labels;
    private readonly GpuKernel _problem;
    private readonly GpuKernel _copy;
    private readonly ResultRoom _maps;
    private readonly ResultRoom _notes;
    private readonly float? _threshold;
    private nint _room;
    private nint _wanted;

    /// <summary>Looks up the kernels; <see cref="Reserve"/> makes room for maps.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="source">What the maps are made of.</param>
    /// <param name="batch">The most images.</param>
    /// <param name="staysOnDevice">Whether maps are not copied to the host; then only <see cref="MapOf"/> gives them.</param>
    public GpuClassMaps(KernelSet kernels, ClassMapSource source, int batch, bool staysOnDevice = false)
    {
        (_source, _head, _batch, _staysOnDevice) = (source, source.Head, batch, staysOnDevice);
        (_logits, _values, _labels, _problem, _copy) = (kernels["classMap"], kernels["planeValues"], kernels["labelMap"],
            kernels["labelProblem"], kernels["copyMaps"]);
        (_maps, _notes) = (new(kernels, hasHost: !staysOnDevice), new(kernels));
        _notes.Ensure(AreasAt + (batch * AreaBytes));
        _threshold = source.Threshold ?? PlaneThreshold.Of(source.LastOperator);
    }

    /// <summary>Why this output is not read on a GPU; <see langword="null"/> if it is.</summary>
    public static string? WhyNot(ModelSignature signature, SegmentationHead head)
    {
        var output = signature.Outputs[head.Index];
        if (!head.IsLabelMap) return GpuOutputs.FloatProblem(output);
        return TypeOf(output.ElementType) is null ? $"'{output}' holds none of the types that kernels read" : null;
    }

    /// <inheritdoc/>
    public override bool Reserve(ReadOnlySpan<GpuFrame> frames)
    {
        nint most = 0;
        if (_source.IsOfImage)
            foreach (ref readonly var frame in frames) most = Math.Max(most, (nint)frame.Width * frame.Height);
        return MakeRoom(most);
    }

    /// <inheritdoc/>
    public override void Queue(GpuQueue queue, in GpuHeads heads)
    {
        var (classes, height, width) = _head.SizeOf(_source.Output, heads.Shapes[_head.Index], heads.Batch, _source.Labels);
        if (!_source.IsOfImage && (nint)height * width > _room)
        {
            _wanted = Math.Max(_wanted, (nint)height * width);
            _notes.QueueLack(queue, AreasAt);
            return;
        }

        var output = heads.Outputs[_head.Index];
        var arguments = new Arguments
        {
            Frames = heads.Frames,
            Values = output.Address,
            Maps = _maps.Device,
            Room = _room,
            MapNotes = _notes.Device,
            Areas = _notes.Device + AreasAt,
            Type = _head.IsLabelMap ? TypeOf(output.Type)!.Value : output.IsHalf ? 1 : 0,
            Classes = classes,
            GridWidth = width,
            GridHeight = height,
            IsOfImage = _source.IsOfImage ? 1 : 0,
            IsCut = _source.IsLetterboxed ? 1 : 0,
            Threshold = _threshold ?? 0,
            AsksValues = _threshold is null ? 1 : 0,
        };
        queue.Fill(_notes.Device, 0, AreasAt + (heads.Batch * AreaBytes));
        if (_head.IsLabelMap)
        {
            queue.Launch(_labels, new(BlocksFor(4 * Threads), 1, heads.Batch), Threads, arguments);
            queue.Launch(_problem, new(1, 1, heads.Batch), 32, arguments);
        }
        else
        {
            if (classes == 1 && _threshold is null)
            {
                var blocks = Math.Clamp(GpuGrid.Blocks((long)width * height, 8 * Threads), 1, 256);
                queue.Launch(_values, new(blocks, 1, heads.Batch), Threads, arguments);
            }

            queue.Launch(_logits, new(BlocksFor(TilePixels), 1, heads.Batch), Threads, arguments);
        }

        if (!_staysOnDevice)
        {
            queue.Launch(_copy, new(BlocksFor(16 * Threads), 1, heads.Batch), Threads,
                new CopyArguments(_notes.Device, _maps.Device, _maps.Host, _room));
        }

        _notes.Download(queue, AreasAt + (heads.Batch * AreaBytes));
    }

    /// <inheritdoc/>
    public override bool IsComplete(int batch)
    {
        foreach (ref readonly var notes in _notes.Read<MapNotes>(0, batch))
            if (notes.Width < 0 || (nint)notes.Width * notes.Height > _room) return false;
        return true;
    }

    /// <inheritdoc/>
    public override void Grow(int batch) => MakeRoom(_wanted);

    /// <inheritdoc/>
    public override void Read(int item, in GpuFrame frame, ClassMap<TLabel> result, ResultBuffer? buffer)
    {
        var notes = NotesOf(item);
        var firstLabel = _head.FirstLabel(notes.Classes, _source.Labels, _source.FirstLabel);
        if (_staysOnDevice)
        {
            if (Lease is not null) result.BeginOnDevice(new(Lease, MapOf(item)), firstLabel);
        }
        else
        {
            var values = result.Begin(notes.Width, notes.Height, firstLabel);
            _maps.Read<byte>(item * _room, values.Length).CopyTo(values);
        }

        result.SetAreas(AreasOf(item));
    }

    /// <summary>The map of an image on the device, one byte for each pixel, until the next run.</summary>
    /// <exception cref="TensorException">The model returned a class that a map cannot hold.</exception>
    public DevicePlane MapOf(int item)
    {
        var notes = NotesOf(item);
        return new(_maps.Device + (item * _room), 0, 0, notes.Width, notes.Height, notes.Width);
    }

    /// <summary>Pixels of an image with each class index of 0 to 255, until the next run.</summary>
    public ReadOnlySpan<int> AreasOf(int item) => _notes.Read<int>(AreasAt + (item * AreaBytes), AreaBytes / sizeof(int));

    /// <inheritdoc/>
    public override void Dispose()
    {
        _maps.Dispose();
        _notes.Dispose();
    }

    private nint AreasAt => _batch * NoteBytes;

    private static int? TypeOf(ElementType type) => type switch
    {
        ElementType.Int64 => 0,
        ElementType.Int32 => 1,
        ElementType.UInt8 or ElementType.Bool => 2,
        ElementType.Int8 => 3,
        ElementType.Int16 => 4,
        ElementType.UInt16 => 5,
        _ => null,
    };

    private MapNotes NotesOf(int item)
    {
        var notes = _notes.Read<MapNotes>(item * NoteBytes, 1)[0];
        return notes.ProblemPlace == 0 ? notes : throw LabelMapReader.Problem(_source.Output, notes.Problem);
    }

    private int BlocksFor(int pixels) => Math.Clamp(GpuGrid.Blocks(_room, pixels), 1, 2048);

    private bool MakeRoom(nint pixels)
    {
        if (pixels <= _room) return false;
        // Rooms begin at multiples of 256 bytes.
        var room = (pixels + 255) & ~(nint)255;
        _maps.Ensure(checked(_batch * room));
        _room = room;
        return true;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct MapNotes(
        int Width, int Height, int Classes, int AreLogits, int ProblemPlace, int Unused, long Problem);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct CopyArguments(nint MapNotes, nint Source, nint Target, long Room);

    [StructLayout(LayoutKind.Sequential)]
    private struct Arguments
    {
        public nint Frames;
        public nint Values;
        public nint Maps;
        public long Room;
        public nint MapNotes;
        public nint Areas;
        public int Type;
        public int Classes;
        public int GridWidth;
        public int GridHeight;
        public int IsOfImage;
        public int IsCut;
        public float Threshold;
        public int AsksValues;
    }
}
