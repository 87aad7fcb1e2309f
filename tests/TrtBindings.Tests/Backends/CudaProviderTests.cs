using System.Diagnostics;
using System.Reflection;
using TrtBindings.Interop.Native;
using TrtBindings.OnnxRuntime;
using TrtBindings.Tests.Interop;

namespace TrtBindings.Tests.Backends;

/// <summary>
/// ONNX Runtime's CUDA provider: every way in which it can be unusable, seen with the real main library, and a real run
/// where one is installed.
/// </summary>
[Trait("Category", "Slow")]
public sealed class CudaProviderTests : IDisposable
{
    /// <summary>Names an ONNX Runtime library that has its CUDA provider beside it, for the tests that need a GPU.</summary>
    private const string RealLibrary = "TRTBINDINGS_TEST_ONNXRUNTIME_CUDA";

    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;

    private static (string Provider, string Bridge) Names => OrtCudaFiles.NamesFor(PlatformName.OfThisProcess());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_the_provider_the_reason_names_file_folder_and_fix()
    {
        var output = Refused(Library());
        output.ShouldContain($"there is no {Names.Provider} beside the ONNX Runtime in use, in '{_folder}'");
        output.ShouldContain("Microsoft.ML.OnnxRuntime.Gpu");
    }

    [Fact]
    public void Without_the_bridge_the_reason_names_it()
    {
        var library = Library();
        File.WriteAllText(Path.Combine(_folder, Names.Provider), "");
        Refused(library).ShouldContain($"but not {Names.Bridge}");
    }

    [Fact]
    public void A_library_that_was_built_without_CUDA_is_named_with_the_fix()
    {
        var library = Library();
        File.WriteAllText(Path.Combine(_folder, Names.Provider), "");
        File.WriteAllText(Path.Combine(_folder, Names.Bridge), "");
        var output = Refused(library);
        output.ShouldContain($"'{library}' was built without CUDA");
        output.ShouldContain("Microsoft.ML.OnnxRuntime.Gpu");
    }

    [SkippableFact]
    public void A_foreign_file_in_place_of_the_provider_is_named()
    {
        var library = GpuLibrary();
        BuildBridge();
        File.WriteAllText(Path.Combine(_folder, Names.Provider), "<html>404 Not Found, and some more text</html>");
        Refused(library).ShouldContain($"'{Path.Combine(_folder, Names.Provider)}' is not a provider of this ONNX Runtime");
    }

    [SkippableFact]
    public void A_library_that_is_no_provider_is_named()
    {
        var library = GpuLibrary();
        BuildBridge();
        CCompiler.BuildLibrary(_folder, Names.Provider, "int answer(void) { return 42; }");
        Refused(library).ShouldContain($"'{Path.Combine(_folder, Names.Provider)}' is not a provider of this ONNX Runtime");
    }

    [SkippableFact]
    public void A_dependency_that_the_provider_lacks_is_named_with_its_origin()
    {
        var library = GpuLibrary();
        BuildBridge();
        CCompiler.BuildLibrary(_folder, "libcudnn.so.9", "int answer(void) { return 42; }");
        File.WriteAllText(Path.Combine(_folder, "provider.c"), "int answer(void); int GetProvider(void) { return answer(); }");
        using (var process = Process.Start("cc",
            ["-shared", "-fPIC", "-o", Path.Combine(_folder, Names.Provider), Path.Combine(_folder, "provider.c"),
                "-L" + _folder, "-l:libcudnn.so.9"]))
        {
            process.WaitForExit();
            process.ExitCode.ShouldBe(0);
        }

        File.Delete(Path.Combine(_folder, "libcudnn.so.9"));
        Refused(library).ShouldContain($"'{Path.Combine(_folder, Names.Provider)}' needs libcudnn.so.9, which the system's "
            + "loader does not find. Install NVIDIA's cuDNN");
    }

    [SkippableFact]
    public void A_real_provider_runs_the_model_on_new_contents_each_time()
    {
        var library = Environment.GetEnvironmentVariable(RealLibrary);
        Skip.If(string.IsNullOrEmpty(library),
            $"{RealLibrary} names no ONNX Runtime library with a CUDA provider beside it.");
        var (code, output, errors) = Probe.Run(Probe.Folder, Model(), library, "--require", "OnnxRuntimeCuda");
        code.ShouldBe(0, output + errors);
        output.ShouldContain("(CUDA)");
        // Values that are copied to the GPU when they are bound would stay at those of the first run.
        output.ShouldContain("y = 2\n");
        output.ShouldContain("y = 4\n");
    }

    /// <summary>Loads with this library: the CPU runs the model and the reason is there; required, it is an error.</summary>
    private string Refused(string library)
    {
        var model = Model();
        var (code, output, errors) = Probe.Run(Probe.Folder, model, library);
        (code, errors).ShouldBe((0, ""), output);
        output.ShouldContain(library);
        output.ShouldContain("y = 4\n");
        output.ShouldContain("(CPU)\n");
        var reason = output.Split('\n').Single(line => line.StartsWith("ONNX Runtime (CUDA): ", StringComparison.Ordinal));
        var (failed, error, _) = Probe.Run(Probe.Folder, model, library, "--require", "OnnxRuntimeCuda");
        failed.ShouldBe(1);
        error.ShouldStartWith(nameof(BackendUnavailableException));
        error.ShouldContain(reason["ONNX Runtime (CUDA): ".Length..]);
        return reason;
    }

    /// <summary>What ties a provider to the main library, as far as loading goes.</summary>
    private void BuildBridge() => CCompiler.BuildLibrary(_folder, Names.Bridge,
        "static void* host; void Provider_SetHost(void* p) { host = p; } void* Provider_GetHost(void) { return host; }");

    /// <summary>The library of the build, in the test's folder.</summary>
    private string Library()
    {
        var path = Path.Combine(_folder, Path.GetFileName(Probe.Library));
        File.Copy(Probe.Library, path);
        return path;
    }

    /// <summary>The library of Microsoft.ML.OnnxRuntime.Gpu.Linux, in the test's folder.</summary>
    private string GpuLibrary()
    {
        var package = typeof(CudaProviderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "OnnxRuntimeGpu").Value;
        Skip.If(string.IsNullOrEmpty(package), "Microsoft.ML.OnnxRuntime.Gpu.Linux is for Linux on x64.");
        var path = Path.Combine(_folder, Path.GetFileName(Probe.Library));
        File.Copy(Path.Combine(package, "runtimes", "linux-x64", "native", "libonnxruntime.so"), path);
        return path;
    }

    private string Model()
    {
        var path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, TestModels.Double());
        return path;
    }
}
