using TrtBindings.Interop.Native;
using TrtBindings.OnnxRuntime;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Backends;

namespace TrtBindings.Tests.Interop;

/// <summary>Which library is taken, and what is said of one that cannot be.</summary>
public sealed class OrtLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;

    private static string LibraryFile => OrtLibraryPaths.NamesFor(PlatformName.OfThisProcess())[0];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_library_of_the_build_is_found_and_says_its_version()
    {
        var (code, output, errors) = Probe.Run(Probe.Folder, Model(TestModels.Identity()));
        output.Split('\n')[0].ShouldBe("1.31.1", errors);
        output.ShouldContain(Probe.LibraryFolder);
        output.ShouldContain("y [4]");
        (code, errors).ShouldBe((0, ""));
    }

    [Fact]
    public void A_library_beside_the_program_is_found()
    {
        var program = Probe.Copy(_folder, withLibrary: false);
        var planted = Path.Combine(program, LibraryFile);
        File.Copy(Probe.Library, planted);
        var (code, output, errors) = Probe.Run(program, Model(TestModels.Identity()));
        output.ShouldContain(planted);
        (code, errors).ShouldBe((0, ""));
    }

    [SkippableFact]
    public void Without_any_library_the_error_lists_every_path_and_the_fix()
    {
        var program = Probe.Copy(_folder, withLibrary: false);
        var (code, output, errors) = Probe.Run(program, Model(TestModels.Identity()));
        Skip.If(code == 0, "This machine has an ONNX Runtime of its own in the system's folders: " + output);
        output.ShouldStartWith(nameof(NativeLibraryException));
        var platform = PlatformName.OfThisProcess();
        foreach (var candidate in OrtLibraryPaths.Candidates(platform, program, program + Path.DirectorySeparatorChar, []))
            output.ShouldContain(candidate);
        output.ShouldContain("Microsoft.ML.OnnxRuntime");
        errors.ShouldBe("");
    }

    [Fact]
    public void A_path_that_is_not_there_is_not_searched_around()
    {
        var missing = Path.Combine(_folder, "nowhere", LibraryFile);
        var error = Should.Throw<NativeLibraryException>(() => OrtLibraryLoader.Open(missing));
        error.PathsTried.ShouldBe([missing]);
        error.Message.ShouldContain("ModelOptions.OnnxRuntimeLibrary");
    }

    [Fact]
    public void The_first_library_decides_for_the_process()
    {
        using var model = UntypedModel.Load(TestModels.Identity());
        using var same = UntypedModel.Load(TestModels.Identity(), new() { OnnxRuntimeLibrary = model.Backend.LibraryPath });
        var other = Path.Combine(_folder, LibraryFile);
        var error = Should.Throw<NativeLibraryException>(
            () => UntypedModel.Load(TestModels.Identity(), new() { OnnxRuntimeLibrary = other }));
        error.Message.ShouldContain(model.Backend.LibraryPath);
        error.Message.ShouldContain(other);
    }

    [Fact]
    public void A_file_that_is_no_library_is_an_error_that_names_it()
    {
        var path = Path.Combine(_folder, LibraryFile);
        File.WriteAllText(path, "<html>not here</html>");
        Should.Throw<NativeLibraryException>(() => OrtLibraryLoader.Open(path)).Message.ShouldContain(path);
    }

    [SkippableFact]
    public void A_library_that_is_not_ONNX_Runtime_is_named_with_the_fix()
    {
        var path = CCompiler.BuildLibrary(_folder, LibraryFile, "int answer(void) { return 42; }");
        var (handle, _) = OrtLibraryLoader.Open(path);
        var error = Should.Throw<NativeLibraryException>(() => OrtLibraryLoader.ReadVersion(handle, path));
        error.Message.ShouldContain(path);
        error.Message.ShouldContain("OrtGetApiBase");
    }

    [SkippableTheory]
    [InlineData("1.30.2")]
    [InlineData("1.9.0")]
    [InlineData("2.0.0")]
    [InlineData("nonsense")]
    public void A_version_that_cannot_be_used_is_named_with_path_and_fix(string version)
    {
        var path = CCompiler.BuildLibrary(_folder, LibraryFile, $$"""
            static const void* api(unsigned version) { return 0; }
            static const char* version(void) { return "{{version}}"; }
            static const struct { const void* (*api)(unsigned); const char* (*version)(void); } base = { api, version };
            const void* OrtGetApiBase(void) { return &base; }
            """);
        var (code, output, errors) = Probe.Run(Probe.Folder, Model(TestModels.Identity()), path);
        code.ShouldBe(1, errors);
        output.ShouldStartWith(nameof(NativeLibraryException));
        output.ShouldContain($"'{path}' is ONNX Runtime {version}");
        output.ShouldContain("1.31 or newer");
    }

    [Fact]
    public void The_runtime_prints_nothing_even_when_a_run_fails()
    {
        var bytes = new OnnxModelBuilder()
            .Input("x", TrtBindings.ElementType.Float, 4).Input("shape", TrtBindings.ElementType.Int64, 2)
            .Output("y", TrtBindings.ElementType.Float, null, null).Node("Reshape", ["x", "shape"], ["y"]).ToBytes();
        var (code, output, errors) = Probe.Run(Probe.Folder, Model(bytes));
        output.ShouldStartWith(nameof(OnnxRuntimeException));
        (code, errors).ShouldBe((1, ""));
    }

    private string Model(byte[] bytes)
    {
        var path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
