using TrtBindings.Backends;
using TrtBindings.OnnxRuntime;
using TrtBindings.Runtime;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Backends;

namespace TrtBindings.Tests.Models;

/// <summary>Which backend is taken, and what is said of the others.</summary>
public sealed class BackendSelectionTests
{
    private static readonly ModelSource Source = ModelSource.FromBytes(new byte[1]);

    private static readonly ModelSignature Signature = new("m.onnx", default, default);

    [Fact]
    public void The_first_backend_that_takes_the_model_runs_it_and_no_later_one_is_asked()
    {
        PlannedProvider[] providers =
        [
            new(BackendKind.TensorRT, "no GPU."), new(BackendKind.OnnxRuntimeCuda, null), new(BackendKind.OnnxRuntimeCpu, null),
        ];
        var log = new RecordingLogger();
        var (engine, info) = BackendSelector.Load(Request(new() { Logger = log }), providers, default);
        engine.ShouldBe(providers[1]);
        info.ToString().ShouldBe("ONNX Runtime 1.2.3 (CUDA)");
        info.Rejected.ShouldBe([new(BackendKind.TensorRT, "no GPU.")]);
        info.Rejected[0].ToString().ShouldBe("TensorRT: no GPU.");
        providers.Select(provider => provider.Asked).ShouldBe([1, 1, 0]);
        log.Lines.ShouldBe(
        [
            $"Information: '{Source.Name}' does not run on TensorRT: no GPU.",
            $"Information: '{Source.Name}' runs on ONNX Runtime 1.2.3 (CUDA), from '/lib/OnnxRuntimeCuda'.",
        ]);
    }

    [Fact]
    public void A_cancelled_load_asks_no_backend()
    {
        PlannedProvider[] providers = [new(BackendKind.OnnxRuntimeCpu, null)];
        Should.Throw<OperationCanceledException>(
            () => BackendSelector.Load(Request(new()), providers, new CancellationToken(canceled: true)));
        providers[0].Asked.ShouldBe(0);
    }

    [Fact]
    public void A_required_backend_is_the_only_one_that_is_asked()
    {
        PlannedProvider[] providers = [new(BackendKind.TensorRT, null), new(BackendKind.OnnxRuntimeCpu, null)];
        var options = ModelOptions.Require(BackendKind.OnnxRuntimeCpu);
        var (engine, info) = BackendSelector.Load(Request(options), providers, default);
        engine.ShouldBe(providers[1]);
        info.Rejected.ShouldHaveSingleItem().ToString().ShouldStartWith("TensorRT: not tried");
        providers[0].Asked.ShouldBe(0);
    }

    [Fact]
    public void A_required_backend_that_refuses_is_an_error_with_its_reason_and_nothing_stands_in_for_it()
    {
        PlannedProvider[] providers = [new(BackendKind.TensorRT, "no GPU."), new(BackendKind.OnnxRuntimeCpu, null)];
        var error = Should.Throw<BackendUnavailableException>(
            () => BackendSelector.Load(Request(ModelOptions.Require(BackendKind.TensorRT)), providers, default));
        (error.RequiredBackend, error.Reason, error.Model).ShouldBe((BackendKind.TensorRT, "no GPU.", Source.Name));
        error.Message.ShouldContain("TensorRT, which ModelOptions.RequiredBackend asks for: no GPU.");
        providers[1].Asked.ShouldBe(0);
    }

    [Fact]
    public void A_backend_that_is_no_backend_is_an_error_that_names_the_option() => Should.Throw<ModelOptionException>(
        () => UntypedModel.Load(TestModels.Identity(), ModelOptions.Require((BackendKind)99))).Message.ShouldContain("99");

    [Fact]
    public void The_CPU_runs_a_model_and_says_why_nothing_faster_does()
    {
        var log = new RecordingLogger();
        using var model = UntypedModel.Load(TestModels.Identity(), new() { Logger = log });
        model.Backend.Kind.ShouldBe(BackendKind.OnnxRuntimeCpu);
        model.Backend.Rejected.Count.ShouldBe(2);
        model.Backend.Rejected[0].Backend.ShouldBe(BackendKind.TensorRT);
        model.Backend.Rejected[1].ToString().ShouldStartWith("ONNX Runtime (CUDA): there is no ");
        model.Backend.Rejected[1].Reason.ShouldContain(Path.GetDirectoryName(model.Backend.LibraryPath)!);
        log.Lines.Count.ShouldBe(3);
    }

    [Fact]
    public void Requiring_what_is_not_here_throws_and_the_CPU_still_works()
    {
        foreach (var kind in (BackendKind[])[BackendKind.TensorRT, BackendKind.OnnxRuntimeCuda])
        {
            Should.Throw<BackendUnavailableException>(() => UntypedModel.Load(TestModels.Identity(), ModelOptions.Require(kind)))
                .RequiredBackend.ShouldBe(kind);
        }

        using var model = UntypedModel.Load(TestModels.Identity(), ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        model.Backend.Rejected.ShouldAllBe(rejected => rejected.Reason.Contains("not tried"));
    }

    [Fact]
    public void Options_reach_the_CUDA_provider_under_its_own_names()
    {
        OnnxRuntimeCudaProvider.OptionsOf(default, new()).Select(option => $"{option.Key}={option.Value}")
            .ShouldBe(["device_id=0", "use_tf32=0"]);
        var options = new OnnxRuntimeCudaOptions
        {
            MemoryLimit = 5L << 30, ArenaGrowth = ArenaGrowth.SameAsRequested, AllowTf32 = true, PreferChannelsLast = true,
            ConvolutionSearch = ConvolutionSearch.Heuristic, ConvolutionMaxWorkspace = false,
        };
        OnnxRuntimeCudaProvider.OptionsOf(GpuDevice.At(3), options).Select(option => $"{option.Key}={option.Value}").ShouldBe(
        [
            "device_id=3", "use_tf32=1", "gpu_mem_limit=5368709120", "arena_extend_strategy=kSameAsRequested",
            "cudnn_conv_algo_search=HEURISTIC", "cudnn_conv_use_max_workspace=0", "prefer_nhwc=1",
        ]);
        Should.Throw<ArgumentOutOfRangeException>(() => GpuDevice.At(-1));
    }

    private static LoadRequest Request(ModelOptions options) => new(Source, Signature, new(), ModelDeclaration.None, options);
}
