using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>
/// The test vectors of letterbox, resize, crop, overlap, masks, decoding and scoring. These are tests, so this group runs the
/// tests and counts their results.
/// </summary>
internal static class VectorRows
{
    private const string Project = "tests/TrtBindings.Vision.Tests";

    private static readonly string[] Classes =
    [
        "LetterboxGeometryTests", "LetterboxTests", "BoxTests", "DecodeTests", "SuppressionTests", "MaskDecodeTests",
        "AntialiasedResizerTests", "CropTests", "ScoringTests", "PreprocessorTests", "PaletteTests", "OrientedBoxTests",
        "RotatedSuppressionTests", "YoloAnchorTests",
    ];

    public static IEnumerable<Row> Measure()
    {
        const string What = "vectors of what engines compute (tests)";
        var results = Directory.CreateTempSubdirectory("trtbindings-vectors-").FullName;
        try
        {
            var filter = string.Join('|', Classes.Select(name => $"FullyQualifiedName~.{name}."));
            const string Logger = "trx;LogFileName=vectors.trx";
            if (!Run("test", Project, "--filter", filter, "--logger", Logger, "--results-directory", results))
            {
                yield return Row.NotRun(What, "there is no dotnet command");
                yield break;
            }

            var file = Path.Combine(results, "vectors.trx");
            if (!File.Exists(file))
                throw new InvalidOperationException($"dotnet test {Project} gave no results; run it to see why.");
            var counters = XDocument.Load(file).Descendants().Single(element => element.Name.LocalName == "Counters");
            yield return Row.All(What, Count(counters, "passed"), Count(counters, "executed"));
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    private static int Count(XElement counters, string name) =>
        int.Parse(counters.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static bool Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = TestPaths.RepositoryRoot,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
