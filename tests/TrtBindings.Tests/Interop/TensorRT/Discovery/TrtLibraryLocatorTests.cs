using TrtBindings.Interop.TensorRT.Discovery;

namespace TrtBindings.Tests.Interop.TensorRT.Discovery;

public sealed class TrtLibraryLocatorTests : DiscoveryFixture
{
    private const string Name = "libnvinfer.so.10";

    /// <summary>All places in the order of their precedence.</summary>
    private static readonly (string Folder, TrtLibrarySource Source)[] Order =
    [
        ("app", TrtLibrarySource.Application),
        ("app/runtimes/linux-x64/native", TrtLibrarySource.Application),
        ("preset", TrtLibrarySource.LibraryPath),
        ("venv/lib/python3.12/site-packages/tensorrt_libs", TrtLibrarySource.PythonPackage),
        ("conda/lib/python3.11/site-packages/tensorrt_libs", TrtLibrarySource.PythonPackage),
        ("home/me/.local/lib/python3.12/site-packages/tensorrt_libs", TrtLibrarySource.PythonPackage),
        ("usr/local/lib/python3.12/dist-packages/tensorrt_libs", TrtLibrarySource.PythonPackage),
        ("usr/lib/x86_64-linux-gnu", TrtLibrarySource.SystemPackage),
        ("usr/lib64", TrtLibrarySource.SystemPackage),
        ("usr/local/TensorRT-10.15.1.29/lib", TrtLibrarySource.Archive),
        ("usr/local/TensorRT-10.6.0.26/lib", TrtLibrarySource.Archive),
        ("opt/tensorrt/lib", TrtLibrarySource.Archive),
        ("home/me/TensorRT-10.6.0.26/lib", TrtLibrarySource.Archive),
    ];

    [SkippableFact]
    public void The_first_place_that_has_it_wins_and_the_rest_follow_in_order()
    {
        Skip.If(OperatingSystem.IsWindows(), "Folders of Windows contain the colon that separates those of LD_LIBRARY_PATH.");
        Variables["LD_LIBRARY_PATH"] = $"relative:{At("preset")}";
        Variables["VIRTUAL_ENV"] = At("venv");
        Variables["CONDA_PREFIX"] = At("conda");
        foreach (var (folder, _) in Order) Put(folder, Name);
        foreach (var (folder, source) in Order)
        {
            var found = Locate();
            found.Library.ShouldBe(At($"{folder}/{Name}"));
            found.Source.ShouldBe(source);
            File.Delete(found.Library);
        }
    }

    [Fact]
    public void The_newer_major_comes_first_within_a_folder()
    {
        Put("app", Name, "libnvinfer.so.11");
        Locate().Library.ShouldEndWith("libnvinfer.so.11");
    }

    [Fact]
    public void A_bare_name_and_other_majors_are_not_taken()
    {
        Put("app", "libnvinfer.so", "libnvinfer.so.8", "libnvinfer.so.12", "libnvinfer_lean.so.10", "libtensorrt_rtx.so.1");
        var error = Should.Throw<NativeLibraryException>(() => Locate());
        error.PathsTried.ShouldContain(At("app/libnvinfer.so.11"));
        error.PathsTried.ShouldContain(At("usr/lib/x86_64-linux-gnu/libnvinfer.so.10"));
        error.PathsTried.ShouldContain(Name);
        error.Message.ShouldContain("TensorRtOptions.LibraryPath");
        error.Message.ShouldContain("TRTBINDINGS_TENSORRT");
    }

    [Fact]
    public void The_systems_loader_is_asked_last_and_gives_the_full_path()
    {
        var folder = Put("somewhere", Name, "libnvonnxparser.so.10");
        var found = Locate(loader: name => name == Name ? Path.Combine(folder, name) : null);
        found.Source.ShouldBe(TrtLibrarySource.SystemLoader);
        found.Parser.ShouldBe(Path.Combine(folder, "libnvonnxparser.so.10"));

        Put("usr/lib64", Name);
        Locate(loader: _ => throw new InvalidOperationException("asked too early"))
            .Source.ShouldBe(TrtLibrarySource.SystemPackage);
    }

    [Fact]
    public void The_option_comes_before_the_variable_and_both_before_any_search()
    {
        var file = Path.Combine(Put("mine", "libnvinfer.so.10.6.0"), "libnvinfer.so.10.6.0");
        Put("archive/lib", "libnvinfer.so.11");
        Put("app", Name);
        Variables["TRTBINDINGS_TENSORRT"] = At("archive");
        Locate().ShouldSatisfyAllConditions(
            found => found.Library.ShouldBe(At("archive/lib/libnvinfer.so.11")),
            found => found.Source.ShouldBe(TrtLibrarySource.EnvironmentVariable));
        Locate(file).ShouldSatisfyAllConditions(
            found => found.Library.ShouldBe(file),
            found => found.Version.ShouldBe(new Version(10, 6, 0)),
            found => found.Source.ShouldBe(TrtLibrarySource.Option));
    }

    [Fact]
    public void A_choice_that_is_wrong_is_an_error_and_no_reason_to_search()
    {
        Put("app", Name);
        Put("empty");
        Should.Throw<NativeLibraryException>(() => Locate(At("none"))).Message.ShouldContain("no such file or folder");
        var error = Should.Throw<NativeLibraryException>(() => Locate(At("empty")));
        error.PathsTried.ShouldBe([At("empty/libnvinfer.so.11"), At("empty/libnvinfer.so.10"),
            At("empty/lib/libnvinfer.so.11"), At("empty/lib/libnvinfer.so.10")]);
        Variables["TRTBINDINGS_TENSORRT"] = At("none");
        Should.Throw<NativeLibraryException>(() => Locate()).Message.ShouldContain("TRTBINDINGS_TENSORRT is");
    }

    [Fact]
    public void Windows_has_its_own_names()
    {
        Put("app", "nvinfer_10.dll", "nvonnxparser_10.dll", "nvinfer_plugin_10.dll", "nvonnxparser_11.dll");
        var found = Locator(windows: true).Locate(null);
        found.Library.ShouldBe(At("app/nvinfer_10.dll"));
        found.Parser.ShouldBe(At("app/nvonnxparser_10.dll"));
        found.Plugins.ShouldBe(At("app/nvinfer_plugin_10.dll"));
    }

    [Fact]
    public void This_machine_can_be_searched()
    {
        var places = TrtSearchPlaces.OfThisProcess();
        places.Folders[0].ShouldBe((TrtLibrarySource.Application, AppContext.BaseDirectory));
    }
}
