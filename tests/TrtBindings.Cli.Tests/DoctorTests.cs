using System.Text.Json;

namespace TrtBindings.Cli.Tests;

/// <summary><c>trtb doctor</c> on a machine without a GPU, and on planted ones.</summary>
[Trait("Category", "Slow")]
public sealed class DoctorTests : IDisposable
{
    private static readonly string Segmenter = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-seg.onnx");

    private readonly PlantedMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [SkippableFact]
    public void Without_a_GPU_the_processor_works_and_nothing_is_wrong()
    {
        SkipWithGpu();
        var run = _machine.Doctor("--json");
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Json.GetProperty("driver").GetProperty("works").GetBoolean().ShouldBeFalse();
        Convolution(run, "OnnxRuntimeCpu").GetProperty("works").GetBoolean().ShouldBeTrue();
        Convolution(run, "TensorRT").GetProperty("works").GetBoolean().ShouldBeFalse();
        run.Json.GetProperty("selection").GetProperty("backend").GetString()!.ShouldContain("(CPU)");
        run.Json.GetProperty("selection").GetProperty("rejected").GetArrayLength().ShouldBe(2);
        Levels(run).ShouldAllBe(level => level == "Note");
        Text(run).ShouldContain("There is no NVIDIA GPU and no CUDA driver.");
    }

    [SkippableFact]
    public void A_required_backend_that_does_not_work_is_exit_code_1()
    {
        SkipWithGpu();
        _machine.Doctor("--require", "cpu").ExitCode.ShouldBe(0);
        var run = _machine.Doctor("--require", "tensorrt");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("TensorRT is required and does not work");
    }

    [SkippableFact]
    public void A_model_gets_its_backend_with_the_reasons_against_the_others()
    {
        SkipWithGpu();
        var selection = _machine.Doctor(Segmenter, "--json").Json.GetProperty("selection");
        selection.GetProperty("model").GetString().ShouldBe(Segmenter);
        selection.GetProperty("rejected")[0].GetString()!.ShouldStartWith("TensorRT: ");
    }

    [SkippableFact]
    public void With_stand_ins_a_builder_is_made_and_the_driver_is_worded_rightly()
    {
        _machine.PlantDriver();
        _machine.PlantTensorRt();
        var run = _machine.Doctor("--json");
        run.Json.GetProperty("driver").GetProperty("works").GetBoolean().ShouldBeTrue();
        run.Json.GetProperty("driver").GetProperty("version").GetString().ShouldBe("550.54.14");
        run.Json.GetProperty("driver").GetProperty("supportsCudaUpTo").GetString().ShouldBe("12.4");
        run.Json.GetProperty("driver").GetProperty("gpus").GetArrayLength().ShouldBe(2);
        var tensorRt = run.Json.GetProperty("tensorRt")[0];
        tensorRt.GetProperty("inUse").GetBoolean().ShouldBeTrue();
        tensorRt.GetProperty("version").GetString()!.ShouldStartWith("10.16.");
        run.Json.GetProperty("build").GetProperty("works").GetBoolean().ShouldBeTrue(run.Output);
        _machine.Doctor().Output.ShouldContain("supports up to CUDA 12.4");
    }

    [SkippableFact]
    public void Without_the_parser_nothing_can_be_built_though_libnvinfer_is_there()
    {
        _machine.PlantDriver();
        _machine.PlantTensorRt(withParser: false);
        var run = _machine.Doctor("--json");
        run.ExitCode.ShouldBe(1);
        run.Json.GetProperty("build").GetProperty("works").GetBoolean().ShouldBeFalse();
        run.Json.GetProperty("build").GetProperty("text").GetString()!.ShouldContain("libnvonnxparser.so.10");
        Text(run).ShouldContain("has no ONNX parser beside it");
    }

    [SkippableFact]
    public void A_wrong_version_under_the_right_name_is_found()
    {
        _machine.PlantTensorRt("extern \"C\" int getInferLibVersion() { return 90300; }\n");
        var run = _machine.Doctor("--json");
        run.ExitCode.ShouldBe(1);
        Text(run).ShouldContain("is TensorRT 9.3.0, whatever its name says");
    }

    [SkippableFact]
    public void A_parser_of_another_version_beside_libnvinfer_is_found()
    {
        _machine.PlantTensorRt("extern \"C\" int getInferLibVersion() { return 100600; }\n");
        var folder = _machine.PathOf("trt");
        File.Move(Path.Combine(folder, "libnvinfer.so.10"), Path.Combine(folder, "libnvinfer.so.10.6.0"));
        File.CreateSymbolicLink(Path.Combine(folder, "libnvinfer.so.10"), Path.Combine(folder, "libnvinfer.so.10.6.0"));
        File.WriteAllText(Path.Combine(folder, "libnvonnxparser.so.10.9.0"), "");
        File.CreateSymbolicLink(
            Path.Combine(folder, "libnvonnxparser.so.10"), Path.Combine(folder, "libnvonnxparser.so.10.9.0"));
        Text(_machine.Doctor("--json")).ShouldContain("is of 10.9.0, and the libnvinfer in use is of 10.6.0");
    }

    [SkippableFact]
    public void A_library_that_crashes_when_it_is_loaded_is_a_line_and_the_rest_goes_on()
    {
        _machine.PlantTensorRt("#include <cstdlib>\nstruct Crash { Crash() { abort(); } } crash;\n");
        var run = _machine.Doctor("--json");
        run.ExitCode.ShouldBe(1);
        Text(run).ShouldContain("it crashed (SIGABRT)");
        Convolution(run, "OnnxRuntimeCpu").GetProperty("works").GetBoolean().ShouldBeTrue();
        _machine.Doctor().Error.ShouldNotContain("   at ");
    }

    [SkippableFact]
    public void A_library_that_never_ends_loading_is_ended()
    {
        _machine.PlantTensorRt("#include <unistd.h>\nstruct Hang { Hang() { sleep(600); } } hang;\n");
        Text(_machine.Doctor("--json", "--timeout", "3")).ShouldContain("it did not end within 3 s");
    }

    [SkippableFact]
    public void The_CUDA_provider_without_cuDNN_names_cuDNN_and_how_to_get_it()
    {
        SkipWithGpu();
        var folder = _machine.PlantCudaProvider();
        var needed = _machine.Doctor("--json", "--onnxruntime", folder).Json.GetProperty("cudaLibraries").EnumerateArray()
            .Select(library => library.GetProperty("name").GetString()!).ToArray();
        needed.ShouldContain("libcudnn.so.9");
        _machine.PlantEmpty(needed.Where(name => name != "libcudnn.so.9"));
        var run = _machine.Doctor("--json", "--onnxruntime", folder);
        run.ExitCode.ShouldBe(1);
        var finding = run.Json.GetProperty("findings").EnumerateArray()
            .Single(one => one.GetProperty("text").GetString()!.StartsWith("The CUDA provider needs", StringComparison.Ordinal));
        finding.GetProperty("text").GetString()!.ShouldContain("libcudnn.so.9");
        finding.GetProperty("cure").GetString()!.ShouldContain("sudo apt-get install libcudnn9-cuda-1");
        finding.GetProperty("cure").GetString()!.ShouldContain("pip install nvidia-cudnn-cu1");
    }

    [SkippableFact]
    public void A_driver_that_is_not_its_kernel_module_has_its_cure()
    {
        _machine.PlantDriver();
        _machine.System("proc/driver/nvidia/version",
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\n");
        var run = _machine.Doctor("--json");
        run.ExitCode.ShouldBe(1);
        Text(run).ShouldContain("The driver's library is 550.54.14, and the kernel module that is loaded is 535.104.05.");
        Text(run).ShouldContain("sudo modprobe nvidia");
    }

    [SkippableTheory]
    [InlineData("proc/sys/kernel/osrelease", "5.15.153.1-microsoft-standard-WSL2", "This is WSL", "wsl --update")]
    [InlineData(".dockerenv", "", "a container without access to a GPU", "docker run --gpus all")]
    public void WSL_and_containers_have_a_line_and_a_cure(string file, string text, string line, string cure)
    {
        SkipWithGpu();
        _machine.System(file, text);
        var run = _machine.Doctor("--json");
        Text(run).ShouldContain(line);
        Text(run).ShouldContain(cure);
    }

    [SkippableFact]
    public void A_GPU_without_a_driver_is_found_on_the_bus()
    {
        SkipWithGpu();
        _machine.System("sys/bus/pci/devices/0000:01:00.0/vendor", "0x10de\n");
        _machine.System("sys/bus/pci/devices/0000:01:00.0/class", "0x030200\n");
        var run = _machine.Doctor("--json");
        run.ExitCode.ShouldBe(1);
        Text(run).ShouldContain("There is an NVIDIA GPU in this machine, but no driver for it.");
    }

    [Theory]
    [InlineData("missing.onnx", "missing.onnx")]
    [InlineData("README.md", "README.md")]
    public void A_file_that_is_no_model_is_one_line(string name, string part) =>
        _machine.Doctor(Path.Combine(TestPaths.RepositoryRoot, name)).ShouldBeOneLine(2, part);

    private static JsonElement Convolution(Tool run, string backend) => run.Json.GetProperty("convolution").EnumerateArray()
        .Single(one => one.GetProperty("backend").GetString() == backend);

    private static IEnumerable<string?> Levels(Tool run) =>
        run.Json.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("level").GetString());

    /// <summary>All findings and cures as one text.</summary>
    private static string Text(Tool run) => string.Join('\n', run.Json.GetProperty("findings").EnumerateArray()
        .Select(finding => $"{finding.GetProperty("text").GetString()} {finding.GetProperty("cure").GetString()}"));

    private static void SkipWithGpu() => Skip.If(File.Exists("/dev/nvidiactl"), "This machine has a GPU.");
}
