using System.Runtime.CompilerServices;

namespace TrtBindings.Vision;

/// <summary>Turns a class index into an enum value without reflection.</summary>
internal static class EnumLabel
{
    /// <summary>The value whose number is the index.</summary>
    public static TLabel Of<TLabel>(int index)
        where TLabel : unmanaged, Enum => Unsafe.SizeOf<TLabel>() switch
        {
            sizeof(byte) => Unsafe.BitCast<byte, TLabel>((byte)index),
            sizeof(short) => Unsafe.BitCast<short, TLabel>((short)index),
            sizeof(int) => Unsafe.BitCast<int, TLabel>(index),
            _ => Unsafe.BitCast<long, TLabel>(index),
        };
}
