using TrtBindings.ModelFiles;

namespace TrtBindings;

/// <summary>Reads class labels from the metadata of a model.</summary>
public static class ModelLabels
{
    /// <summary>
    /// The labels of the metadata entry <c>names</c>, by class index. Empty if the entry is missing or cannot be read.
    /// </summary>
    public static EquatableArray<string> Of(ModelDescription model) =>
        model.FindMetadata("names") is { } text && PythonLabelParser.TryParse(text, out var labels)
            ? new(labels)
            : default;
}
