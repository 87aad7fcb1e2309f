namespace TrtBindings.Vision;

/// <summary>
/// The pixels of one object, one bit each, in the memory of the GPU that found it: nothing is copied until <see cref="CopyTo"/>.
/// It belongs to the call that made it, and is gone with the first call of the engine that begins after that one has ended: then
/// every property and method throws <see cref="DeviceResultException"/>.
/// </summary>
/// <remarks>
/// Holds where to look and not what is there, because every <see cref="InstanceDetection{TLabel}"/> has one.
/// </remarks>
public readonly struct DeviceMask : IEquatable<DeviceMask>
{
    private readonly DeviceLease? _lease;
    private readonly long _call;
    private readonly int _index;

    internal DeviceMask(DeviceLease lease, long call, int index) => (_lease, _call, _index) = (lease, call, index);

    /// <summary>Width of the frame in pixels, as in <see cref="Mask"/>.</summary>
    public int FrameWidth => Place.FrameWidth;

    /// <summary>Height of the frame in pixels.</summary>
    public int FrameHeight => Place.FrameHeight;

    /// <summary>Left column of the region that is stored.</summary>
    public int X => Place.Plane.X;

    /// <summary>Top row of the region.</summary>
    public int Y => Place.Plane.Y;

    /// <summary>Columns of the region. No pixel outside the region is set.</summary>
    public int Width => Place.Plane.Width;

    /// <summary>Rows of the region.</summary>
    public int Height => Place.Plane.Height;

    /// <summary>Pixels that are set; <see langword="null"/> for those of Mask R-CNN, which the GPU does not count.</summary>
    public int? Area => Place.Area;

    /// <summary>Bytes of a row: pixel i is bit i % 8 of byte i / 8; unused bits are 0.</summary>
    public int RowBytes => Place.Plane.RowBytes;

    /// <summary>Address of the region's first row on the GPU, a <c>CUdeviceptr</c>; rows follow without gaps.</summary>
    /// <exception cref="DeviceResultException">The result is gone.</exception>
    public nint Address => Place.Plane.Address;

    /// <summary>Whether this is a mask, and not a default value.</summary>
    internal bool IsSet => _lease is not null;

    private DeviceMaskPlace Place => DeviceLease.Of(_lease).MaskOf(_call, _index);

    /// <summary>Copies the region's rows to the host, and waits for the copy.</summary>
    /// <param name="bits"><see cref="RowBytes"/> times <see cref="Height"/> bytes.</param>
    /// <exception cref="DeviceResultException">The result is gone.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<byte> bits)
    {
        var plane = Place.Plane;
        _lease!.Copy(_call, plane.Address, bits, plane.RowBytes * plane.Height);
    }

    /// <summary>Copies the mask to the host.</summary>
    /// <exception cref="DeviceResultException">The result is gone.</exception>
    public Mask ToMask()
    {
        var (plane, width, height, _) = Place;
        var bits = new byte[plane.RowBytes * plane.Height];
        _lease!.Copy(_call, plane.Address, bits, bits.Length);
        return new(width, height, new(plane.X, plane.Y, plane.X + plane.Width, plane.Y + plane.Height), bits);
    }

    /// <summary>Whether both are one mask of one call.</summary>
    public bool Equals(DeviceMask other) => _lease == other._lease && _call == other._call && _index == other._index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DeviceMask other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_lease, _call, _index);

    /// <summary>Whether both are one mask of one call.</summary>
    public static bool operator ==(DeviceMask left, DeviceMask right) => left.Equals(right);

    /// <summary>Whether they are not one mask of one call.</summary>
    public static bool operator !=(DeviceMask left, DeviceMask right) => !left.Equals(right);
}
