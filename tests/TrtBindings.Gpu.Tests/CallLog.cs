using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Gpu.Tests;

/// <summary>
/// Takes down which slots this process called on which real library, for the ledger. Under <c>dotnet test</c>, where no
/// file is named, nothing is written.
/// </summary>
internal static class CallLog
{
    /// <summary>The environment variable that names the file.</summary>
    public const string VariableName = "TRTBINDINGS_GPU_CALLS";

    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Written = [];

    /// <summary>What kind of library this process loads, where it is not the full one: <c>lean</c>, <c>dispatch</c>.</summary>
    public static string Kind { get; set; } = "";

    /// <summary>Starts to take notes; before a library is loaded.</summary>
    public static void Start()
    {
        if (FileName is not null && TrtCallRecorder.Current is null) TrtCallRecorder.Start();
    }

    /// <summary>Appends what is new.</summary>
    public static void Flush()
    {
        if (FileName is not { } path || TrtCallRecorder.Current is not { } recorder) return;
        lock (Gate)
        {
            string[] lines = [.. from version in recorder.Versions
                                 let library = $"{version} {Kind}".TrimEnd()
                                 from method in recorder.CalledOn(version)
                                 let line = $"{library}\t{method}"
                                 where Written.Add(line)
                                 select line];
            if (lines.Length > 0) File.AppendAllLines(path, lines);
        }
    }

    private static string? FileName =>
        Environment.GetEnvironmentVariable(VariableName) is { Length: > 0 } path ? path : null;
}
