using System.Runtime.CompilerServices;

namespace TrtBindings.Vision.Engines;

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

    /// <summary>The number of a value; -1 if it is beyond any class.</summary>
    public static int IndexOf<TLabel>(TLabel label)
        where TLabel : unmanaged, Enum
    {
        long index = Unsafe.SizeOf<TLabel>() switch
        {
            sizeof(byte) => Unsafe.BitCast<TLabel, byte>(label),
            sizeof(short) => Unsafe.BitCast<TLabel, short>(label),
            sizeof(int) => Unsafe.BitCast<TLabel, int>(label),
            _ => Unsafe.BitCast<TLabel, long>(label),
        };
        return index is >= 0 and <= int.MaxValue ? (int)index : -1;
    }
}
