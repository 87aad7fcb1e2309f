namespace TrtBindings.Cli.Inspect;

/// <summary>Makes the report about an engine.</summary>
internal static class EngineInspection
{
    private const int LengthSize = 4;

    /// <summary>Reads the headers and, if asked, has TensorRT open the engine in another process of this program.</summary>
    /// <exception cref="EngineFileException">The file is cut off, not an engine, or TensorRT does not open it.</exception>
    /// <exception cref="NativeLibraryException">It is to be opened, and there is no TensorRT.</exception>
    public static async Task<EngineReport> OfAsync(string path, bool open, CancellationToken cancellation)
    {
        var info = EngineFileInfo.Read(path);
        var opened = open
            ? await EngineProbe.CheckAsync(path, cancellationToken: cancellation).ConfigureAwait(false)
            : null;
        return new()
        {
            File = path,
            Bytes = info.PlanOffset + info.PlanLength,
            PlanOffset = info.PlanOffset,
            PlanBytes = info.PlanLength,
            BuiltWith = info.BuiltWith?.ToString(),
            HeaderBytes = info.PlanOffset > 0 ? info.PlanOffset - LengthSize : null,
            Metadata = [.. info.Metadata.Select(entry => new EntryReport(entry.Key, entry.Value))],
            Opened = opened is null ? null : new(opened.TensorRtVersion, opened.GpuName, opened.Tensors),
        };
    }
}
