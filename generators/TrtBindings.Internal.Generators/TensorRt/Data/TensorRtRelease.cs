using System.Globalization;

namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>A release of TensorRT, or the default: the first release of each major that has the thing at all.</summary>
internal readonly struct TensorRtRelease(int major, int minor)
{
    /// <summary>The minor of "10.*": the last release of a major.</summary>
    public const int LastMinor = int.MaxValue;

    /// <summary>0 for the default.</summary>
    public int Major => major;

    /// <summary>The minor version.</summary>
    public int Minor => minor;

    /// <summary>Reads "10.7" or "10.*".</summary>
    public static bool TryParse(string text, out TensorRtRelease release)
    {
        release = default;
        var parts = text.Split('.');
        if (parts.Length != 2 || !Number(parts[0], out var major)) return false;
        var minor = LastMinor;
        if (parts[1] != "*" && !Number(parts[1], out minor)) return false;
        release = new(major, minor);
        return true;
    }

    /// <summary>The first minor of a major that has what came with this release.</summary>
    public int FirstMinorIn(int of) => of == Major ? Minor : 0;

    /// <inheritdoc/>
    public override string ToString() =>
        Major == 0 ? "-" : $"{Major}.{(Minor == LastMinor ? "*" : Minor.ToString(CultureInfo.InvariantCulture))}";

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
