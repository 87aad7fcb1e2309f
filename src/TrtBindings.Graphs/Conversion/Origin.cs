using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Conversion;

/// <summary>What a converted file says in its metadata of where it comes from.</summary>
internal static class Origin
{
    private const string Precision = "trtbindings.precision";
    private const string Source = "trtbindings.source";

    /// <summary>Writes it into a model.</summary>
    /// <param name="draft">The model.</param>
    /// <param name="type">What it was converted to.</param>
    /// <param name="source">Was measured on what it was made from.</param>
    /// <param name="how">How, in a few words.</param>
    public static void Write(Draft draft, ElementType type, TensorRanges source, string how)
    {
        var model = draft.File.Model;
        Set(Precision, type.OnnxName());
        Set(Source, Path.GetFileName(draft.File.Path));
        Set("trtbindings.source_sha256", source.SourceHash);
        Set("trtbindings.source_files", source.Sources);
        Set("trtbindings.conversion",
            $"TrtBindings.Graphs {typeof(Origin).Assembly.GetName().Version?.ToString(3)}, {how}");

        void Set(string key, string value)
        {
            var entry = model.MetadataProps.FirstOrDefault(one => one.Key == key);
            if (entry is null) model.MetadataProps.Add(entry = new StringStringEntryProto { Key = key });
            entry.Value = value;
        }
    }

    /// <summary>
    /// Refuses a file that was converted before. What its type has lost does not come back, ranges measured on it are not those
    /// of the model, and the new file would name the wrong source.
    /// </summary>
    /// <exception cref="ModelConversionException">It was.</exception>
    public static void RefuseConverted(OnnxFile file)
    {
        if (Find(file, Precision) is not { Length: > 0 } type) return;
        throw new ModelConversionException(file.Path, $"'{file.Path}' was converted to {type} already, from "
            + $"'{Find(file, Source)}'. Convert that file; one that was converted can only be loaded and built.");
    }

    private static string? Find(OnnxFile file, string key) =>
        file.Model.MetadataProps.FirstOrDefault(one => one.Key == key)?.Value;
}
