using System.Runtime.Intrinsics;

namespace TrtBindings.Vision;

/// <summary>
/// The class of every pixel, one byte each. An engine fills it. Passed to a call again, it keeps its memory; after an error it is
/// empty.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class ClassMap<TLabel>
    where TLabel : unmanaged, Enum
{
    private readonly int[] _areas = new int[256];
    private byte[] _values = [];
    private int _firstLabel;

    /// <summary>Width in pixels; 0 for an empty map.</summary>
    public int Width { get; private set; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>
    /// The map on the GPU, where <see cref="SemanticSegmentationOptions.KeepMapsOnDevice"/> asks for it; then this one is empty
    /// but for the areas of its classes.
    /// </summary>
    public DeviceClassMap? OnDevice { get; private set; }

    /// <summary>
    /// Class indices, row after row. For a model of one plane, or with one label, 1 is its class and 0 the rest.
    /// </summary>
    public ReadOnlySpan<byte> Values => _values.AsSpan(0, Width * Height);

    /// <summary>The class index of a pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the map.</exception>
    public byte this[int x, int y]
    {
        get
        {
            if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
                throw new ArgumentOutOfRangeException(nameof(x), (x, y), $"The map has {Width} x {Height} pixels.");
            return _values[(y * Width) + x];
        }
    }

    /// <summary>Number of pixels of a class.</summary>
    public int AreaOf(TLabel label) => AreaOfIndex(IndexOf(label));

    /// <summary>Number of pixels with a class index of 0 to 255; 0 for any other index.</summary>
    public int AreaOfIndex(int index) => (uint)index < (uint)_areas.Length ? _areas[index] : 0;

    /// <summary>The class of a pixel. For a pixel without a class the value is no member of the enum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the map.</exception>
    public TLabel LabelAt(int x, int y) => ClassLabels.ValueOf<TLabel>(this[x, y] - _firstLabel);

    /// <summary>The class index of a label.</summary>
    public int IndexOf(TLabel label) => ClassLabels.NumberOf(label) + _firstLabel;

    /// <summary>The pixels of a class, in a frame of the map's size. An empty map gives an empty mask.</summary>
    public Mask MaskOf(TLabel label) => MaskOfIndex(IndexOf(label));

    /// <summary>The pixels with a class index of 0 to 255; none for any other index.</summary>
    public Mask MaskOfIndex(int index)
    {
        var rowBytes = Mask.RowBytesOf(Width);
        var bits = new byte[rowBytes * Height];
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                if (_values[(y * Width) + x] == index) bits[(y * rowBytes) + (x >> 3)] |= (byte)(1 << (x & 7));
        return new(Width, Height, new(0, 0, Width, Height), bits);
    }

    /// <summary>Writes every pixel in its class's colour, 3 bytes each: red, green, blue.</summary>
    /// <param name="palette">The colours.</param>
    /// <param name="destination">3 * Width * Height bytes.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void Paint(Palette palette, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(palette);
        if (destination.Length < 3L * Width * Height)
        {
            throw new ArgumentException(
                $"A picture of {Width} x {Height} takes {3L * Width * Height:N0} bytes, not {destination.Length:N0}.",
                nameof(destination));
        }

        var values = Values;
        for (var i = 0; i < values.Length; i++)
        {
            var color = palette[values[i]];
            (destination[3 * i], destination[(3 * i) + 1], destination[(3 * i) + 2]) = (color.Red, color.Green, color.Blue);
        }
    }

    /// <summary>A new image with every pixel in its class's colour.</summary>
    /// <exception cref="ImageException">The map is empty.</exception>
    public ImageMemory Paint(Palette palette)
    {
        var pixels = new byte[3 * Width * Height];
        Paint(palette, pixels);
        return new(pixels, Width, Height, PixelFormat.Rgb);
    }

    /// <summary>Sets the size and returns the bytes to fill; call <see cref="Count"/> afterwards.</summary>
    /// <param name="width">New width.</param>
    /// <param name="height">New height.</param>
    /// <param name="firstLabel">Class index of the first label.</param>
    internal Span<byte> Begin(int width, int height, int firstLabel)
    {
        var length = checked(width * height);
        if (_values.Length < length) _values = new byte[length];
        (Width, Height, _firstLabel, OnDevice) = (width, height, firstLabel, null);
        return _values.AsSpan(0, length);
    }

    /// <summary>Becomes an empty map whose classes are on the device.</summary>
    internal void BeginOnDevice(DeviceClassMap map, int firstLabel)
    {
        Begin(0, 0, firstLabel);
        OnDevice = map;
    }

    /// <summary>Empties the map.</summary>
    internal void Clear()
    {
        Begin(0, 0, 0);
        Count();
    }

    /// <summary>Takes the pixels of each class from who has counted them.</summary>
    internal void SetAreas(ReadOnlySpan<int> areas) => areas.CopyTo(_areas);

    /// <summary>Counts the pixels of each class.</summary>
    internal void Count()
    {
        Array.Clear(_areas);
        var rest = Values;
        for (; rest.Length >= Vector256<byte>.Count; rest = rest[Vector256<byte>.Count..])
        {
            // Most runs of pixels have one class.
            if (Vector256.EqualsAll(Vector256.Create(rest), Vector256.Create(rest[0]))) _areas[rest[0]] += Vector256<byte>.Count;
            else CountEach(rest[..Vector256<byte>.Count]);
        }

        CountEach(rest);
    }

    private void CountEach(ReadOnlySpan<byte> values)
    {
        foreach (var value in values) _areas[value]++;
    }
}
