using Microsoft.Build.Framework;

namespace TrtBindings.Build;

/// <summary>
/// Looks at what an item says before it goes to the compiler through a file of lines, which cuts values and knows only the
/// names that it was told. The generator reports what is marked here, so that everything about a model has one reporter.
/// </summary>
internal static class ItemMetadata
{
    /// <summary>The names that mean something: what a project says of a model, and what the build adds.</summary>
    public static readonly string[] Names =
    [
        "TrtName", "TrtNamespace", "TrtVisibility", "TrtProfile", "TrtPrecision", "TrtTask", "TrtBackend", "TrtRename",
        "TrtConvert", "TrtConvertKeep", "TrtConvertRest", "TrtCalibration", "TrtCalibrationMethod", "TrtCalibrationPreset",
        "TrtSourceHash", "TrtTargetPath", "TrtCutMetadata", "TrtUnknownMetadata",
    ];

    private static readonly HashSet<string> Known = new(Names, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the build alone reads, and what it writes itself.</summary>
    private static readonly HashSet<string> Uncut =
        new(
            ["TrtTargetPath", "TrtConvertKeep", "TrtConvertRest", "TrtCalibration", "TrtCalibrationPreset"],
            StringComparer.OrdinalIgnoreCase);

    private static readonly char[] Cutting = [';', '#', '\r', '\n'];

    /// <summary>Takes out what would arrive in part, and notes what was taken out and what means nothing.</summary>
    public static void Mark(ITaskItem item)
    {
        var (cut, unknown) = (new List<string>(), new List<string>());
        foreach (string name in item.MetadataNames)
        {
            if (!name.StartsWith("Trt", StringComparison.OrdinalIgnoreCase)) continue;
            if (!Known.Contains(name)) unknown.Add(name);
            else if (!Uncut.Contains(name) && item.GetMetadata(name).Trim().IndexOfAny(Cutting) >= 0) cut.Add(name);
        }

        foreach (var name in cut) item.RemoveMetadata(name);
        item.SetMetadata("TrtCutMetadata", Join(cut));
        item.SetMetadata("TrtUnknownMetadata", Join(unknown));
    }

    private static string Join(List<string> names)
    {
        names.Sort(StringComparer.Ordinal);
        return string.Join(",", names);
    }
}
