using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace TrtBindings.Backends;

/// <summary>
/// The bytes of an engine in native memory. A file is read once and hashed while it is read, so that TensorRT gets exactly the
/// bytes that were checked. A plan may be larger than a managed array can be.
/// </summary>
internal sealed unsafe class EnginePlan : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int ChunkBytes = 4 << 20;

    private readonly IDisposable? _owner;

    private EnginePlan(IDisposable owner, nint address, long length)
        : base(ownsHandle: true)
    {
        (_owner, Length) = (owner, length);
        SetHandle(address);
    }

    private EnginePlan(long length)
        : base(ownsHandle: true)
    {
        Length = length;
        // One more byte, so that an empty plan has an address too.
        SetHandle((nint)NativeMemory.Alloc((nuint)length + 1));
        GC.AddMemoryPressure(length + 1);
    }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>The first byte; valid until this is disposed.</summary>
    public nint Address => IsClosed ? throw new ObjectDisposedException(nameof(EnginePlan)) : handle;

    /// <summary>A part of the plan, at most 2 GiB.</summary>
    public ReadOnlySpan<byte> Span(long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
        return new((byte*)Address + start, length);
    }

    /// <summary>Reads a plan from a part of a file.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="offset">Where the plan starts in it.</param>
    /// <param name="length">Bytes of the plan.</param>
    /// <param name="hash">Gets every byte that is read; <see langword="null"/> to hash nothing.</param>
    /// <exception cref="EndOfStreamException">The file is shorter, or was cut off while it was read.</exception>
    /// <exception cref="IOException">The system could not read.</exception>
    public static EnginePlan Read(SafeFileHandle file, long offset, long length, IncrementalHash? hash)
    {
        var plan = new EnginePlan(length);
        try
        {
            for (long done = 0; done < length;)
            {
                var part = new Span<byte>((byte*)plan.handle + done, (int)Math.Min(ChunkBytes, length - done));
                var count = RandomAccess.Read(file, part, offset + done);
                if (count == 0) throw new EndOfStreamException($"The file ended {length - done:N0} bytes before the engine did.");
                hash?.AppendData(part[..count]);
                done += count;
            }

            return plan;
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    /// <summary>Makes a plan of memory that another object owns.</summary>
    /// <param name="owner">Disposed with the plan.</param>
    /// <param name="address">The first byte.</param>
    /// <param name="length">Number of bytes.</param>
    public static EnginePlan Over(IDisposable owner, nint address, long length) => new(owner, address, length);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (_owner is not null)
        {
            _owner.Dispose();
            return true;
        }

        NativeMemory.Free((void*)handle);
        GC.RemoveMemoryPressure(Length + 1);
        return true;
    }
}
