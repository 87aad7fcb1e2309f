using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>Cost of the generator in an editor, and its behaviour on damaged files.</summary>
internal static class GeneratorRows
{
    private const int Processes = 5;
    private const int Models = 20;

    /// <summary>Rows of 4 KiB in each of the 200 initializers: 200 MB.</summary>
    private const int Rows = 256;

    public static IEnumerable<Row> Measure()
    {
        var folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;
        try
        {
            for (var i = 0; i < Models; i++) SparseModel.Write(Path.Combine(folder, $"m{i:00}.onnx"), Rows);
            var edits = Repeat("keystroke", folder).Skip(1).ToArray();
            yield return Row.Below(
                $"generator, keystroke with {Models} models of 200 MB in the project", 0.2,
                Median.Of(edits.Select(e => e[0])), "ms");
            yield return Row.Figure("  slowest of the first 200 keystrokes", Median.Of(edits.Select(e => e[1])), "ms");

            var changes = Repeat("change", folder).Skip(1).ToArray();
            yield return Row.Below("  one model changed, warm (median of 5)", 5, Median.Of(changes.Select(e => e[1])), "ms");
            yield return Row.Figure("  the first change in a process", Median.Of(changes.Select(e => e[0])), "ms");

            foreach (var file in Directory.GetFiles(folder)) File.Delete(file);
            var mutations = ChildProcess.Run("--generate", "mutations", folder);
            yield return Row.All("10000 mutated models through the generator", (int)mutations[0], (int)mutations[1]);
            yield return Row.Below("  slowest", 1000, mutations[2], "ms");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Numbers from one more process than is counted: the first one fills the page cache.</summary>
    private static IEnumerable<double[]> Repeat(string measurement, string folder) =>
        Enumerable.Range(0, Processes + 1).Select(_ => ChildProcess.Run("--generate", measurement, folder)).ToArray();
}
