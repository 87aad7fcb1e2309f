using TrtBindings.Gpu.Tests.CudaProvider;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Faults;

/// <summary>TensorRT, or a part of it, is not there.</summary>
public sealed class MissingLibraryTests
{
    [SkippableFact]
    public void A_library_that_is_not_there_is_refused_by_name_and_ONNX_Runtime_goes_on()
    {
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        using var witness = new Witness();
        var missing = new TensorRtOptions { LibraryPath = "/no/such/folder" };
        var error = Should.Throw<TrtBindingsException>(
            () => UntypedModel.Load(entry.ModelPath(), ReadyEngine.Options(entry, missing)).Dispose());
        FigureLog.Report("faults", "missing library", $"{error.GetType().Name}: {error.Message.Split(". ")[0]}");
        error.Message.ShouldContain("/no/such/folder");
        using var model = UntypedModel.Load(entry.ModelPath(), new() { TensorRT = missing });
        model.Backend.Kind.ShouldBe(OnCuda.Next);
        model.Backend.Rejected.ShouldContain(rejected => rejected.Backend == BackendKind.TensorRT);
        using var inputs = model.CreateInputs(2);
        using var outputs = model.CreateOutputs(2);
        model.Run(inputs, outputs);
    }

    [SkippableFact]
    public void A_process_without_TensorRT_runs_on_ONNX_Runtime_and_says_why()
    {
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        var (code, output) = ChildProcess.Run("missing", entry.ModelPath());
        code.ShouldBe(0, output);
        output.ShouldContain("TRTBINDINGS_TENSORRT");
        output.ShouldStartWith($"{OnCuda.Next} ");
    }

    [Fact]
    public void A_process_without_TensorRT_and_without_the_CUDA_provider_runs_on_the_processor_and_says_why_of_both()
    {
        // The same library where no provider lies beside it. On a machine with a GPU only the missing file keeps a model off it.
        var model = ModelSource.Find(Digits.CompiledSignature, typeof(Digits).Assembly).Path!;
        string path;
        using (var loaded = UntypedModel.Load(model, OnCuda.Processor)) path = loaded.Backend.LibraryPath;
        var folder = Directory.CreateTempSubdirectory("trtbindings-gpu-ort-").FullName;
        try
        {
            var library = Path.Combine(folder, Path.GetFileName(path));
            File.Copy(path, library);
            var (code, output) = ChildProcess.Run("missing", model, library);
            code.ShouldBe(0, output);
            output.ShouldStartWith($"{BackendKind.OnnxRuntimeCpu} ");
            output.ShouldContain(library);
            // Without a GPU the driver is the reason, and not the folder that the variable names.
            output.ShouldContain("\nTensorRT: ");
            output.ShouldContain($"there is no libonnxruntime_providers_cuda.so beside the ONNX Runtime in use, in '{folder}'");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableFact]
    public void A_missing_builder_resource_is_named_with_the_package_that_has_it()
    {
        GpuMachine.Require();
        var missing = GpuMachine.MissingBuilderResource(GpuMachine.Cuda.DeviceAt(0));
        Skip.If(missing is null, "The builder resource is here.");
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        using var witness = new Witness();
        var options = new TensorRtOptions { Profiles = [new() { ["batch"] = (1, 8, 64) }], CacheFolder = BuildFolder() };
        try
        {
            var error = Should.Throw<TrtBindingsException>(() => UntypedModel.BuildEngine(entry.ModelPath(), options));
            FigureLog.Report("faults", "missing builder resource", $"{error.GetType().Name}: {error.Message}");
            error.Message.ShouldContain("libnvinfer_builder_resource");
            error.Message.ShouldContain("package");
        }
        finally
        {
            Directory.Delete(options.CacheFolder, recursive: true);
        }
    }

    private static string BuildFolder() => Directory.CreateTempSubdirectory("trtbindings-gpu-cache-").FullName;
}
