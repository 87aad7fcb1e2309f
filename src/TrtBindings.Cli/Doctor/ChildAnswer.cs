using System.Text;
using System.Text.Json;

namespace TrtBindings.Cli.Doctor;

/// <summary>What a child process found out. A process that crashes gives none.</summary>
internal sealed record ChildAnswer
{
    /// <summary>Marks the line of the answer, because native libraries write to the same output.</summary>
    private const string Mark = "trtb-doctor/1 ";

    /// <summary>Whether it worked.</summary>
    public required bool Works { get; init; }

    /// <summary>Why it did not, or what there is to say.</summary>
    public string Text { get; init; } = "";

    /// <summary>The version that the library reports; empty if it has no function for that.</summary>
    public string Version { get; init; } = "";

    /// <summary>The file that was loaded.</summary>
    public string Path { get; init; } = "";

    /// <summary>GPUs, rejected backends, providers: by the kind of child.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>The GPU libraries in the process at its end.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>Milliseconds of the run that was measured.</summary>
    public double Milliseconds { get; init; }

    /// <summary>The answer as one line. Base64 makes any path safe in it.</summary>
    public string ToLine() =>
        Mark + Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, DoctorJson.Default.ChildAnswer));

    /// <summary>Finds the answer in the output of a process.</summary>
    public static ChildAnswer? Find(string output)
    {
        var line = output.Split('\n').Select(one => one.Trim())
            .LastOrDefault(one => one.StartsWith(Mark, StringComparison.Ordinal));
        if (line is null) return null;
        var bytes = new byte[line.Length];
        return Convert.TryFromBase64String(line[Mark.Length..], bytes, out var count)
            ? JsonSerializer.Deserialize(Encoding.UTF8.GetString(bytes, 0, count), DoctorJson.Default.ChildAnswer)
            : null;
    }
}
