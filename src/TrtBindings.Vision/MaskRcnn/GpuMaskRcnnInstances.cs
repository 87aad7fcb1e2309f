using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision.MaskRcnn;

/// <summary>
/// Objects and masks by kernels, equal to those of <see cref="MaskRcnnPipeline"/>. Masks stay on the device or come to the host.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
internal sealed class GpuMaskRcnnInstances<TLabel> : GpuPostprocessor<List<InstanceDetection<TLabel>>>
    where TLabel : unmanaged, Enum
{
    private const int Threads = 256;
    private const int PasteThreads = 128;

    /// <summary>Blocks that share the masks of an image.</summary>
    private const int PasteBlocks = 1024;

    /// <summary>Room for the bits of an image at first.</summary>
    private const int FirstRoom = 1 << 18;

    private static readonly int FindBytes = Unsafe.SizeOf<MaskFind>();
    private static readonly int NoteBytes = Unsafe.SizeOf<MaskNotes>();

    private readonly MaskRcnnLayout _layout;
    private readonly MaskRcnnOptions _options;
    private readonly int _batch;
    private readonly int _slots;
    private readonly int _most;
    private readonly bool _staysOnDevice;
    private readonly GpuKernel _find;
    private readonly GpuKernel _paste;
    private readonly GpuKernel _copy;
    private readonly ResultRoom _results;
    private readonly ResultRoom _bits;

    /// <summary>Makes room for the slots that the model declares, and some for masks.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="layout">A model for which <see cref="WhyNot"/> has no reason.</param>
    /// <param name="options">The engine's options.</param>
    /// <param name="batch">The most images.</param>
    /// <param name="staysOnDevice">Whether masks are not copied to the host; then only <see cref="MaskOf"/> gives them.</param>
    /// <param name="room">Room for the bits of all masks at first, in bytes; by default some.</param>
    public GpuMaskRcnnInstances(
        KernelSet kernels, MaskRcnnLayout layout, MaskRcnnOptions options, int batch, bool staysOnDevice = false, nint room = 0)
    {
        (_layout, _options, _batch, _staysOnDevice) = (layout, options, batch, staysOnDevice);
        (_find, _paste, _copy) = (kernels["maskRcnnFinds"], kernels["pasteMasks"], kernels["copyPasted"]);
        var scores = layout.Model.Signature.Outputs[layout.Roles.Scores];
        _slots = (int)scores.Shape.Dimensions[layout.Roles.IsBatched ? 1 : 0].Value;
        _most = Math.Min(_slots, options.MaxDetections ?? int.MaxValue);
        (_results, _bits) = (new(kernels), new(kernels, hasHost: !staysOnDevice));
        _results.Ensure((nint)batch * (NoteBytes + (_most * FindBytes)));
        if (options.Masks) _bits.Ensure(room > 0 ? room : (nint)batch * FirstRoom);
    }

    /// <summary>Why this model's outputs are not read on a GPU; <see langword="null"/> if they are.</summary>
    public static string? WhyNot(MaskRcnnLayout layout)
    {
        var (outputs, roles) = (layout.Model.Signature.Outputs, layout.Roles);
        var first = roles.IsBatched ? 1 : 0;
        return GpuOutputs.OpenProblem(outputs[roles.Boxes], first) ?? GpuOutputs.OpenProblem(outputs[roles.Labels], first)
            ?? GpuOutputs.OpenProblem(outputs[roles.Scores], first) ?? GpuOutputs.OpenProblem(outputs[roles.Masks], first)
            ?? GpuOutputs.FloatProblem(outputs[roles.Boxes]) ?? GpuOutputs.FloatProblem(outputs[roles.Scores])
            ?? GpuOutputs.FloatProblem(outputs[roles.Masks]);
    }

    /// <inheritdoc/>
    public override void Describe(ref GpuFrame frame)
    {
        var geometry = MaskRcnnGeometry.Of(_layout, frame.Width, frame.Height);
        (frame.Factors[0], frame.Factors[1]) = (geometry.ScaleX, geometry.ScaleY);
    }

    /// <inheritdoc/>
    public override void Queue(GpuQueue queue, in GpuHeads heads)
    {
        Check(heads);
        var arguments = ArgumentsFor(heads);
        queue.Launch(_find, heads.Batch, Threads, arguments);
        if (_options.Masks)
        {
            queue.Launch(_paste, new(PasteBlocks, 1, heads.Batch), PasteThreads, arguments);
            if (!_staysOnDevice)
            {
                queue.Launch(_copy, 64, Threads,
                    new CopyArguments(_results.Device, _bits.Device, _bits.Host, _bits.ByteLength, heads.Batch));
            }
        }

        _results.Download(queue, FindsAt + ((nint)heads.Batch * _most * FindBytes));
    }

    /// <inheritdoc/>
    public override bool IsComplete(int batch) => BytesBefore(batch) <= _bits.ByteLength;

    /// <inheritdoc/>
    public override void Grow(int batch) => _bits.Ensure(BytesBefore(batch) * 5 / 4);

    /// <inheritdoc/>
    public override void Read(int item, in GpuFrame frame, List<InstanceDetection<TLabel>> result, ResultBuffer? buffer)
    {
        var notes = NotesOf(item);
        if (notes.Count < 0 || notes.Count > notes.Slots)
            throw MaskRcnnReader.WrongCount(NameOf(_layout.Roles.Count), notes.Count, notes.Slots);
        if (_layout.Form == MaskRcnnForm.Torchvision && notes.Count > 0
            && (notes.MaskWidth != frame.Width || notes.MaskHeight != frame.Height))
            throw MaskRcnnPipeline.NotPasted(notes.MaskWidth, notes.MaskHeight, frame.Width, frame.Height);
        var first = BytesBefore(item);
        result.EnsureCapacity(notes.Finds);
        foreach (ref readonly var find in FindsOf(item, notes.Finds))
        {
            var label = _layout.Labels.Of<TLabel>(find.ClassIndex);
            var mask = _options.Masks && !_staysOnDevice ? Copied(find, first, frame, (MaskBuffer?)buffer) : null;
            result.Add(new(label, find.ClassIndex, find.Score, find.Box, mask)
            {
                DeviceMask = _options.Masks && _staysOnDevice && Lease is { } lease
                    ? lease.Add(new(PlaneOf(find, first), frame.Width, frame.Height, Area: null)) : null,
            });
        }
    }

    /// <summary>The mask of an object on the device, one bit for each pixel as in <see cref="Mask.RowBits"/>.</summary>
    /// <param name="item">Place of the image in the batch.</param>
    /// <param name="index">The object, in the order of <see cref="Read"/>.</param>
    public DevicePlane MaskOf(int item, int index)
    {
        ref readonly var find = ref FindsOf(item, NotesOf(item).Finds)[index];
        return PlaneOf(find, BytesBefore(item));
    }

    private DevicePlane PlaneOf(in MaskFind find, nint first)
    {
        var region = find.Region;
        return new(_bits.Device + first + (nint)find.Offset, region.Left, region.Top, region.Width, region.Height, find.RowBytes);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _results.Dispose();
        _bits.Dispose();
    }

    private nint FindsAt => _batch * NoteBytes;

    private Mask Copied(in MaskFind find, nint first, in GpuFrame frame, MaskBuffer? buffer)
    {
        var length = find.RowBytes * find.Region.Height;
        var bits = buffer?.Rent(length) ?? new byte[length];
        _bits.Read<byte>(first + (nint)find.Offset, length).CopyTo(bits);
        return buffer?.Add(frame.Width, frame.Height, find.Region) ?? new(frame.Width, frame.Height, find.Region, bits);
    }

    private ref readonly MaskNotes NotesOf(int item) => ref _results.Read<MaskNotes>(item * NoteBytes, 1)[0];

    private ReadOnlySpan<MaskFind> FindsOf(int item, int count) =>
        _results.Read<MaskFind>(FindsAt + ((nint)item * _most * FindBytes), count);

    /// <summary>Bytes of the masks of the images before one.</summary>
    private nint BytesBefore(int item)
    {
        nint bytes = 0;
        foreach (ref readonly var notes in _results.Read<MaskNotes>(0, item)) bytes += (nint)notes.Bytes;
        return bytes;
    }

    /// <summary>Kernels must not read behind outputs that came back shorter than declared.</summary>
    private void Check(in GpuHeads heads)
    {
        var (shapes, roles, slots, batch) = (heads.Shapes, _layout.Roles, _slots, heads.Batch);
        if (roles.IsBatched)
        {
            MaskRcnnReader.Check(NameOf(roles.Boxes), shapes[roles.Boxes], batch, slots, 4);
            MaskRcnnReader.Check(NameOf(roles.Labels), shapes[roles.Labels], batch, slots);
            MaskRcnnReader.Check(NameOf(roles.Scores), shapes[roles.Scores], batch, slots);
            MaskRcnnReader.Check(NameOf(roles.Masks), shapes[roles.Masks], batch, slots, -1, -1);
            MaskRcnnReader.Check(NameOf(roles.Count), shapes[roles.Count], batch, 1);
            return;
        }

        MaskRcnnReader.Check(NameOf(roles.Boxes), shapes[roles.Boxes], slots, 4);
        MaskRcnnReader.Check(NameOf(roles.Labels), shapes[roles.Labels], slots);
        MaskRcnnReader.Check(NameOf(roles.Scores), shapes[roles.Scores], slots);
        MaskRcnnReader.Check(NameOf(roles.Masks), shapes[roles.Masks], slots, 1, -1, -1);
        if (roles.Count >= 0) MaskRcnnReader.Check(NameOf(roles.Count), shapes[roles.Count], 1);
    }

    private string NameOf(int output) => _layout.Model.Signature.Outputs[output].Name;

    private MaskRcnnArguments ArgumentsFor(in GpuHeads heads)
    {
        var (roles, form) = (_layout.Roles, _layout.Form);
        var (boxes, scores, labels, masks) = (
            heads.Outputs[roles.Boxes], heads.Outputs[roles.Scores], heads.Outputs[roles.Labels], heads.Outputs[roles.Masks]);
        var window = heads.Shapes[roles.Masks];
        var isDetectron = form is MaskRcnnForm.Detectron2 or MaskRcnnForm.NvidiaSample;
        return new()
        {
            Frames = heads.Frames,
            Boxes = boxes.Address,
            Scores = scores.Address,
            Labels = labels.Address,
            Counts = roles.Count < 0 ? 0 : heads.Outputs[roles.Count].Address,
            Masks = masks.Address,
            Finds = _results.Device + FindsAt,
            Notes = _results.Device,
            Bits = _bits.Device,
            Room = _bits.ByteLength,
            AreBoxesHalf = boxes.IsHalf ? 1 : 0,
            AreScoresHalf = scores.IsHalf ? 1 : 0,
            AreMasksHalf = masks.IsHalf ? 1 : 0,
            AreLabels64 = labels.Type == ElementType.Int64 ? 1 : 0,
            IsCount64 = roles.Count >= 0 && heads.Outputs[roles.Count].Type == ElementType.Int64 ? 1 : 0,
            Slots = _slots,
            Most = _most,
            MaskWidth = (int)window[^1],
            MaskHeight = (int)window[^2],
            IsPasted = form == MaskRcnnForm.Torchvision ? 1 : 0,
            Pasting = !_options.Masks ? 0 : form == MaskRcnnForm.Torchvision ? 1 : isDetectron ? 3 : 2,
            IsRowFirst = roles.IsBatched ? 1 : 0,
            IsClipped = form is MaskRcnnForm.Torchvision or MaskRcnnForm.OnnxZoo ? 0 : 1,
            DropsEmpty = isDetectron ? 1 : 0,
            Confidence = _options.Confidence,
            Threshold = _options.MaskThreshold,
        };
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct CopyArguments(nint Notes, nint Source, nint Target, long Room, int Images);
}
