namespace TrtBindings.Vision;

/// <summary>
/// The class index of every pixel, one byte each, in the memory of the GPU: nothing is copied until <see cref="CopyTo"/>. It
/// belongs to the call that made it, and is gone with the first call of the engine that begins after that one has ended.
/// </summary>
public readonly struct DeviceClassMap : IEquatable<DeviceClassMap>
{
    private readonly DeviceLease? _lease;
    private readonly DevicePlane _plane;
    private readonly long _call;

    internal DeviceClassMap(DeviceLease lease, in DevicePlane plane) =>
        (_lease, _plane, _call) = (lease, plane, lease.Call);

    /// <summary>Width in pixels.</summary>
    public int Width => _plane.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => _plane.Height;

    /// <summary>Address of the first row on the GPU, a <c>CUdeviceptr</c>; rows follow without gaps.</summary>
    /// <exception cref="DeviceResultException">The result is gone.</exception>
    public nint Address
    {
        get
        {
            DeviceLease.Of(_lease).Check(_call);
            return _plane.Address;
        }
    }

    /// <summary>Copies the class indices to the host, row after row, and waits for the copy.</summary>
    /// <param name="values"><see cref="Width"/> times <see cref="Height"/> bytes.</param>
    /// <exception cref="DeviceResultException">The result is gone.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<byte> values) => DeviceLease.Of(_lease).Copy(_call, _plane.Address, values, Width * Height);

    /// <summary>Whether both are one map of one call.</summary>
    public bool Equals(DeviceClassMap other) => _lease == other._lease && _call == other._call && _plane == other._plane;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DeviceClassMap other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_call, _plane);

    /// <summary>Whether both are one map of one call.</summary>
    public static bool operator ==(DeviceClassMap left, DeviceClassMap right) => left.Equals(right);

    /// <summary>Whether they are not one map of one call.</summary>
    public static bool operator !=(DeviceClassMap left, DeviceClassMap right) => !left.Equals(right);
}
