using TrtBindings.Backends;

namespace TrtBindings;

/// <summary>
/// What an engine file says of itself, without TensorRT and without a GPU. Its tensors are known once it is opened.
/// </summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="PlanOffset">Bytes before the plan: 0, or 4 and the length of the JSON of Ultralytics' header.</param>
/// <param name="PlanLength">Bytes of the plan.</param>
/// <param name="BuiltWith">
/// The four-part version of the TensorRT that built it; <see langword="null"/> if the plan's header has an unknown layout.
/// </param>
/// <param name="Metadata">The entries of Ultralytics' header, such as <c>names</c> and <c>task</c>; empty without one.</param>
public sealed record EngineFileInfo(
    string Path, long PlanOffset, long PlanLength, Version? BuiltWith, EquatableArray<MetadataEntry> Metadata)
{
    /// <summary>Reads the headers of a file; the plan itself is not read.</summary>
    /// <param name="path">Path of the engine.</param>
    /// <exception cref="EngineFileException">The file is missing, unreadable, empty, cut off, or not an engine.</exception>
    public static EngineFileInfo Read(string path)
    {
        using var file = EnginePlanFile.Open(path);
        return new(file.Path, file.PlanOffset, file.PlanLength, file.BuiltWith, file.Metadata);
    }
}
