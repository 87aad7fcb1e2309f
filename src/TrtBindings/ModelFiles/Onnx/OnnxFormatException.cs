using System.Globalization;

namespace TrtBindings;

/// <summary>
/// The bytes are not a readable ONNX model. Every malformed input gives this type; errors of the stream itself
/// (<see cref="IOException"/>) pass through.
/// </summary>
public sealed class OnnxFormatException : Exception
{
    /// <summary>A defect at a place.</summary>
    /// <param name="reason">What is wrong and, where something can be done about it, what.</param>
    /// <param name="offset">Bytes from the start of the file.</param>
    /// <param name="innerException">The error that <paramref name="reason"/> explains, if it is not the first.</param>
    public OnnxFormatException(string reason, long offset, Exception? innerException = null)
        : base(reason + " (at byte " + offset.ToString(CultureInfo.InvariantCulture) + ")", innerException)
    {
        Reason = reason;
        Offset = offset;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>Where reading stopped, in bytes from the start of the file.</summary>
    public long Offset { get; }
}
