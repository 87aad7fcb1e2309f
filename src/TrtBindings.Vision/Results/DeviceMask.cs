namespace TrtBindings.Vision;

/// <summary>
/// The pixels of one object, one bit each, in the memory of the GPU that found it: nothing is copied until <see cref="CopyTo"/>.
/// It belongs to the call that made it, and is gone with the first call of the engine that begins after that one has ended.
/// </summary>
public readonly struct DeviceMask : IEquatable<DeviceMask>
{
    private readonly DeviceLease? _lease;
    private readonly DevicePlane _plane;
    private readonly long _call;

    internal DeviceMask(DeviceLease lease, in DevicePlane plane, int frameWidth, int frameHeight, int? area)
    {
        (_lease, _plane, _call) = (lease, plane, lease.Call);
        (FrameWidth, FrameHeight, Area) = (frameWidth, frameHeight, area);
    }

    /// <summary>Width of the frame in pixels, as in <see cref="Mask"/>.</summary>
    public int FrameWidth { get; }

    /// <summary>Height of the frame in pixels.</summary>
    public int FrameHeight { get; }

    /// <summary>Left column of the region that is stored.</summary>
    public int X => _plane.X;

    /// <summary>Top row of the region.</summary>
    public int Y => _plane.Y;

    /// <summary>Columns of the region. No pixel outside the region is set.</summary>
    public int Width => _plane.Width;

    /// <summary>Rows of the region.</summary>
    public int Height => _plane.Height;

    /// <summary>Pixels that are set; <see langword="null"/> for those of Mask R-CNN, which the GPU does not count.</summary>
    public int? Area { get; }

    /// <summary>Bytes of a row: pixel i is bit i % 8 of byte i / 8; unused bits are 0.</summary>
    public int RowBytes => _plane.RowBytes;

    /// <summary>Address of the region's first row on the GPU, a <c>CUdeviceptr</c>; rows follow without gaps.</summary>
    /// <exception cref="DeviceResultException">The result is gone.</exception>
    public nint Address
    {
        get
        {
            DeviceLease.Of(_lease).Check(_call);
            return _plane.Address;
        }
    }

    /// <summary>Copies the region's rows to the host, and waits for the copy.</summary>
    /// <param name="bits"><see cref="RowBytes"/> times <see cref="Height"/> bytes.</param>
    /// <exception cref="DeviceResultException">The result is gone.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<byte> bits) => DeviceLease.Of(_lease).Copy(_call, _plane.Address, bits, RowBytes * Height);

    /// <summary>Copies the mask to the host.</summary>
    /// <exception cref="DeviceResultException">The result is gone.</exception>
    public Mask ToMask()
    {
        var bits = new byte[RowBytes * Height];
        CopyTo(bits);
        return new(FrameWidth, FrameHeight, new(X, Y, X + Width, Y + Height), bits);
    }

    /// <summary>Whether both are one mask of one call.</summary>
    public bool Equals(DeviceMask other) => _lease == other._lease && _call == other._call && _plane == other._plane;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DeviceMask other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_call, _plane);

    /// <summary>Whether both are one mask of one call.</summary>
    public static bool operator ==(DeviceMask left, DeviceMask right) => left.Equals(right);

    /// <summary>Whether they are not one mask of one call.</summary>
    public static bool operator !=(DeviceMask left, DeviceMask right) => !left.Equals(right);
}
