using TrtBindings.ModelFiles;

namespace TrtBindings;

/// <summary>Class labels in a model's metadata.</summary>
public static class ModelLabels
{
    /// <summary>
    /// The labels by index as the file's <c>names</c> entry gives them; empty if it has none or none that can be read.
    /// </summary>
    public static EquatableArray<string> Of(ModelDescription model) =>
        model.FindMetadata("names") is { } text && PythonLabelParser.TryParse(text, out var labels)
            ? new(labels)
            : default;
}
