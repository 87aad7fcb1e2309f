using System.Globalization;

namespace TrtBindings;

/// <summary>
/// Thrown for every file that is not a valid ONNX model. Errors of the stream itself (<see cref="IOException"/>) are not
/// wrapped.
/// </summary>
public sealed class OnnxFormatException : Exception
{
    /// <summary>Makes an exception for a defect at a position in the file.</summary>
    /// <param name="reason">The defect and, if possible, how to fix it.</param>
    /// <param name="offset">Position in the file, in bytes.</param>
    /// <param name="innerException">The original error, if <paramref name="reason"/> explains it.</param>
    public OnnxFormatException(string reason, long offset, Exception? innerException = null)
        : base(reason + " (at byte " + offset.ToString(CultureInfo.InvariantCulture) + ")", innerException)
    {
        Reason = reason;
        Offset = offset;
    }

    /// <summary>The defect, without the position.</summary>
    public string Reason { get; }

    /// <summary>Position at which reading stopped, in bytes from the start of the file.</summary>
    public long Offset { get; }
}
