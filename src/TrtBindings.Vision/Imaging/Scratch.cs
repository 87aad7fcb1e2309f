namespace TrtBindings.Vision.Imaging;

/// <summary>Memory that an object keeps from call to call.</summary>
internal static class Scratch
{
    /// <summary>The first elements of a buffer, which is made anew if it is too short. They hold what was there before.</summary>
    public static Span<T> Of<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new T[length];
        return buffer.AsSpan(0, length);
    }
}
