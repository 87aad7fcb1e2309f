using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>
/// What the generator adds to a compilation in a new process. Each compilation with models has two beside it: of the classes as
/// files, so that the difference is the generator alone, and of a program without any. A ratio to these holds on a slow or busy
/// machine, where a time does not.
/// </summary>
internal static class ColdRows
{
    private const int Rounds = 9;
    private const int Models = 20;

    /// <summary>Rows of 4 KiB in each of the 200 initializers: 200 MB.</summary>
    private const int Rows = 256;

    public static IEnumerable<Row> Measure()
    {
        using var folder = new Generators.Tests.ModelFolder();
        string[] folders = [.. new[] { "models", "files", "none" }
            .Select(name => Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName)];
        for (var i = 0; i < Models; i++) SparseModel.Write(Path.Combine(folders[0], $"m{i:00}.onnx"), Rows);
        // Also fills the page cache. A repeated build finds its models there too.
        ChildProcess.Run("--generate", "write", folders[0]);
        foreach (var file in Directory.GetFiles(folders[0], "*.cs"))
            File.Move(file, Path.Combine(folders[1], Path.GetFileName(file)));

        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => Array.ConvertAll(folders, one => ChildProcess.Run("--generate", "cold", one))).ToArray();
        yield return Row.Below(
            $"cold compilation, {Models} models of 200 MB to their classes as files", 1.5,
            Median.Of(rounds.Select(round => round[0][0] / round[1][0])), "times");
        yield return Row.Below(
            "  to no models and no classes", 3, Median.Of(rounds.Select(round => round[0][0] / round[2][0])), "times");
        yield return Row.Figure("  without models", Median.Of(rounds.Select(round => round[2][0])), "ms");
        yield return Row.Figure("  the generator with them", Median.Of(rounds.Select(round => round[0][1])), "ms");
    }
}
