using System.Globalization;
using System.Text.RegularExpressions;
using TrtBindings.Model;

namespace TrtBindings.Generators;

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
        var match = Regex.Match(model.FindMetadata("kpt_shape") ?? "", "^\\s*[\\[(]\\s*(\\d{1,4})\\s*,\\s*([23])\\s*[\\])]\\s*$");
        if (!match.Success) return null;
        var count = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return count > 0 ? (count, match.Groups[2].Value == "2" ? 2 : 3) : null;
    }
}
