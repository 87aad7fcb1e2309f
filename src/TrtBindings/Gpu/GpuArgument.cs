using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TrtBindings;

/// <summary>
/// A value for one parameter of a kernel: a number of at most 8 bytes, or an address. Its type must be the one that the kernel
/// declares: <c>nint</c> for a pointer, <c>1f</c> for a float.
/// </summary>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Of is the alternate of them all.")]
public readonly struct GpuArgument : IEquatable<GpuArgument>
{
    // The value's bytes from the lowest address on.
    private readonly ulong _bits;

    private GpuArgument(ulong bits, int byteLength) => (_bits, ByteLength) = (bits, byteLength);

    /// <summary>Size of the value in bytes.</summary>
    public int ByteLength { get; }

    /// <summary>A value of any type of at most 8 bytes.</summary>
    /// <typeparam name="T">The type, for example <see cref="ushort"/> or <see cref="Half"/>.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The type has more than 8 bytes.</exception>
    public static GpuArgument Of<T>(T value)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() > sizeof(ulong))
        {
            throw new ArgumentException(
                $"{typeof(T).Name} has more than 8 bytes. Put all parameters into one struct, and launch the kernel with that.");
        }

        ulong bits = 0;
        Unsafe.As<ulong, T>(ref bits) = value;
        return new(bits, Unsafe.SizeOf<T>());
    }

    /// <summary>An address on the device.</summary>
    public static implicit operator GpuArgument(nint value) => Of(value);

    /// <summary>A 32-bit integer.</summary>
    public static implicit operator GpuArgument(int value) => Of(value);

    /// <summary>A 64-bit integer.</summary>
    public static implicit operator GpuArgument(long value) => Of(value);

    /// <summary>A 32-bit float.</summary>
    public static implicit operator GpuArgument(float value) => Of(value);

    /// <summary>Whether both are the same bytes.</summary>
    public static bool operator ==(GpuArgument left, GpuArgument right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(GpuArgument left, GpuArgument right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(GpuArgument other) => (_bits, ByteLength) == (other._bits, other.ByteLength);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GpuArgument other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_bits, ByteLength);
}
