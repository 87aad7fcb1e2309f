namespace TrtBindings.Vision.Results;

/// <summary>Says whether results of a slot that stay on the device are still there, and where its masks are.</summary>
/// <param name="gpu">The GPU.</param>
internal sealed class DeviceLease(ModelGpu gpu)
{
    private long _call;
    private DeviceMaskPlace[] _masks = [];
    private int _count;

    /// <summary>Number of the slot's call.</summary>
    public long Call => Volatile.Read(ref _call);

    /// <summary>The lease that a result holds.</summary>
    /// <exception cref="DeviceResultException">The result is a default value.</exception>
    public static DeviceLease Of(DeviceLease? lease) =>
        lease ?? throw new DeviceResultException("This is a default value, and no result of a call: take it from a result.");

    /// <summary>Ends what was there: another call begins, or the slot is freed.</summary>
    public void End()
    {
        Interlocked.Increment(ref _call);
        _count = 0;
    }

    /// <summary>Notes where a mask of the call is. Called by the slot only.</summary>
    public DeviceMask Add(in DeviceMaskPlace mask)
    {
        // A reader may still have the array.
        if (_count == _masks.Length) Array.Resize(ref _masks, Math.Max(16, 2 * _count));
        _masks[_count] = mask;
        return new(this, Call, _count++);
    }

    /// <summary>Where a mask of a call is.</summary>
    /// <exception cref="DeviceResultException">It is gone.</exception>
    public DeviceMaskPlace MaskOf(long call, int index)
    {
        Check(call);
        // Of a later call, or half of one, if that begins now. Arrays never get shorter.
        var place = Volatile.Read(ref _masks)[index];
        Interlocked.MemoryBarrier();
        Check(call);
        return place;
    }

    /// <exception cref="DeviceResultException">The results of a call are gone.</exception>
    public void Check(long call)
    {
        if (call != Call) throw new DeviceResultException();
    }

    /// <summary>Copies results of a call to the host.</summary>
    /// <exception cref="DeviceResultException">They are gone.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void Copy(long call, nint address, Span<byte> destination, int length)
    {
        if (destination.Length < length)
        {
            throw new ArgumentException(
                $"The result has {length:N0} bytes, and the destination {destination.Length:N0}.", nameof(destination));
        }

        Check(call);
        if (length == 0) return;
        try
        {
            using var source = gpu.Wrap(address, length);
            source.CopyTo(destination[..length]);
        }
        catch (Exception e) when (e is ArgumentException or CudaException and not DeviceLostException && call != Call)
        {
            // A call began meanwhile and has freed the memory.
            throw new DeviceResultException();
        }

        // Not if a call began meanwhile.
        Check(call);
    }
}
