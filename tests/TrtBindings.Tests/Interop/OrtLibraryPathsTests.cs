using TrtBindings.Interop.OnnxRuntime;

namespace TrtBindings.Tests.Interop;

public sealed class OrtLibraryPathsTests
{
    [Theory]
    [InlineData("linux-x64", "libonnxruntime.so", "libonnxruntime.so.1")]
    [InlineData("linux-arm64", "libonnxruntime.so", "libonnxruntime.so.1")]
    [InlineData("win-x64", "onnxruntime.dll", "onnxruntime.dll")]
    [InlineData("osx-arm64", "libonnxruntime.dylib", "libonnxruntime.1.dylib")]
    public void The_application_comes_first_then_ours_then_the_system(string rid, string theirs, string ours)
    {
        var candidates = OrtLibraryPaths.Candidates(rid, "/app", ["/host/a", "/host/b"]).ToList();
        string[] order =
        [
            Path.Combine("/app", "runtimes", rid, "native", theirs),
            Path.Combine("/app", theirs),
            Path.Combine("/host/a", theirs),
            Path.Combine("/host/b", theirs),
            Path.Combine("/app", "onnxruntime", rid, ours),
            theirs,
        ];
        var places = order.Select(path => candidates.IndexOf(path)).ToArray();
        places.ShouldAllBe(place => place >= 0);
        places.ShouldBe(places.Order());
        places[0].ShouldBe(0);
        candidates.Distinct().Count().ShouldBe(candidates.Count);
    }

    [Fact]
    public void The_build_lays_out_the_names_that_are_looked_for()
    {
        var project = File.ReadAllText(Path.Combine(
            TestSupport.TestPaths.RepositoryRoot, "native", "onnxruntime", "TrtBindings.OnnxRuntime.Native.csproj"));
        var rows = System.Text.RegularExpressions.Regex.Matches(
            project, "<OnnxRuntimePlatform Include=\"([^\"]+)\" Folder=\"[^\"]+\" Library=\"([^\"]+)\"");
        rows.Count.ShouldBe(4);
        foreach (var row in rows.Cast<System.Text.RegularExpressions.Match>())
            OrtLibraryPaths.NamesFor(row.Groups[1].Value).ShouldContain(row.Groups[2].Value);
    }
}
