using TrtBindings.OnnxRuntime;

namespace TrtBindings.Tests.Interop;

public sealed class OrtLibraryPathsTests
{
    [Theory]
    [InlineData("linux-x64", "libonnxruntime.so")]
    [InlineData("linux-arm64", "libonnxruntime.so")]
    [InlineData("win-x64", "onnxruntime.dll")]
    [InlineData("win-arm64", "onnxruntime.dll")]
    [InlineData("osx-arm64", "libonnxruntime.dylib")]
    public void A_plug_in_s_folder_comes_first_then_the_program_s_then_the_host_s(string rid, string name)
    {
        var candidates = OrtLibraryPaths.Candidates(rid, "/plugin", "/app", ["/host/a", "/host/b"]).ToList();
        string[] order =
        [
            Path.Combine("/plugin", "runtimes", rid, "native", name),
            Path.Combine("/plugin", name),
            Path.Combine("/app", "runtimes", rid, "native", name),
            Path.Combine("/app", name),
            Path.Combine("/host/a", name),
            Path.Combine("/host/b", name),
        ];
        var places = order.Select(path => candidates.IndexOf(path)).ToArray();
        places.ShouldAllBe(place => place >= 0);
        places.ShouldBe(places.Order());
        places[0].ShouldBe(0);
        candidates.Distinct().Count().ShouldBe(candidates.Count);
    }

    [Fact]
    public void A_program_in_a_single_file_has_no_folder_for_the_library() =>
        OrtLibraryPaths.Candidates("linux-x64", "", "/app", [])[0].ShouldBe(
            Path.Combine("/app", "runtimes", "linux-x64", "native", "libonnxruntime.so"));
}
