using System.Globalization;
using System.Text.RegularExpressions;

namespace TrtBindings.Generators.Families;

/// <summary>What Ultralytics' metadata and shapes say of a YOLO model's form.</summary>
internal static class YoloMetadata
{
    /// <summary>Whether the anchors are one for each cell of the grids of stride 8, 16 and 32.</summary>
    public static bool HasGridOf(TensorDescription image, long anchors)
    {
        var (height, width) = (image.Shape.Dimensions[2], image.Shape.Dimensions[3]);
        if (!height.IsFixed || !width.IsFixed || height.Value > 1 << 20 || width.Value > 1 << 20) return false;
        var cells = height.Value / 32 * (width.Value / 32);
        return cells > 0 && anchors == cells * 21;
    }

    public static bool SaysDense(ModelDescription model)
    {
        var endToEnd = model.FindMetadata("end2end");
        var arguments = model.FindMetadata("args");
        if (endToEnd is null && arguments is null) return false;
        return !IsTrue(endToEnd) && (arguments is null || !Regex.IsMatch(arguments, "['\"]nms['\"]\\s*:\\s*True"));
    }

    private static bool IsTrue(string? value) => string.Equals(value, "True", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>kpt_shape</c>: key points, and 2 or 3 numbers for each; nothing if it is absent or anything else.</summary>
    public static (int Count, int Values)? KeyPoints(ModelDescription model)
    {
        // Not a regular expression: this is asked of every model, and the first one of a process costs milliseconds.
        var parts = model.FindMetadata("kpt_shape")?.Trim(' ', '[', ']', '(', ')').Split(',');
        if (parts is not { Length: 2 }) return null;
        return TryCount(parts[0], out var count) && TryCount(parts[1], out var values) && values is 2 or 3
            ? (count, values) : null;
    }

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and < 10_000;
}
