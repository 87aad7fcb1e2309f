using System.Runtime.InteropServices;
using System.Text.Json;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Gpu.Tests.Libraries;

/// <summary>
/// What an engine and its context can be asked beyond what a run asks, on the real library: a wrong slot would show as a wrong
/// answer, or as a crash.
/// </summary>
public sealed unsafe class EngineSlotTests
{
    private const string Engine = "VCudaEngine";
    private const string Context = "VExecutionContext";

    [SkippableFact]
    public void An_engine_answers_what_the_manifest_says_of_it()
    {
        var entry = ReadyEngine.Require("mnist_3profiles_fp32");
        using var scope = GpuMachine.Context.Enter();
        using var engine = Open(entry);
        engine.NbIOTensors.ShouldBe(entry.Io!.Length);
        engine.NbOptimizationProfiles.ShouldBe(3);
        Int(engine, "getNbLayers").ShouldBeGreaterThan(0);
        IsRefittable(engine).ShouldBeFalse();
        Int(engine, "getHardwareCompatibilityLevel").ShouldBe((int)TrtHardwareCompatibilityLevel.None);
        engine.DeviceMemorySize.ShouldBeGreaterThanOrEqualTo(0);
        SlotCalls.Word(engine.Library.Slots, Engine, engine.Raw, "getStreamableWeightsSize").ShouldBeGreaterThanOrEqualTo(0);
        SlotCalls.Text(engine.Library.Slots, Engine, engine.Raw, "getName").ShouldNotBeNull();
        for (var i = 0; i < entry.Io.Length; i++)
        {
            engine.GetIOTensorName(i).ShouldBe(entry.Io[i].Name);
            var name = new TrtName(entry.Io[i].Name);
            engine.GetTensorIOMode(name).ToString().ToUpperInvariant().ShouldBe(entry.Io[i].Mode);
            engine.GetTensorLocation(name).ToString().ToUpperInvariant().ShouldBe(entry.Io[i].Location);
            engine.GetTensorShape(name).ToArray().ShouldBe(entry.Io[i].Shape);
            engine.IsShapeInferenceIO(name).ShouldBeFalse();
            engine.GetTensorFormat(name, 0).ShouldBe(TrtTensorFormat.Linear);
            SlotCalls.Int(engine.Library.Slots, Engine, engine.Raw, "getTensorVectorizedDimV2", (nint)name.Pointer)
                .ShouldBe(-1);
        }

        for (var profile = 0; profile < 3; profile++)
        {
            var shapes = entry.Profiles![profile]["input"];
            Allowed(TrtOptProfileSelector.Min).ShouldBe(shapes[0]);
            Allowed(TrtOptProfileSelector.Opt).ShouldBe(shapes[1]);
            Allowed(TrtOptProfileSelector.Max).ShouldBe(shapes[2]);

            long[] Allowed(TrtOptProfileSelector select) => engine.GetProfileShape(new("input"), profile, select).ToArray();
        }

        Should.Throw<TensorRtException>(() => engine.GetTensorShape(new("nothing")));
        Should.Throw<TensorRtException>(() => engine.GetIOTensorName(99));
    }

    [SkippableFact]
    public void An_inspector_writes_json_and_the_engine_can_be_serialized_and_opened_again()
    {
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        using var scope = GpuMachine.Context.Enter();
        using var engine = Open(entry);
        using (var inspector = engine.CreateEngineInspector())
            JsonDocument.Parse(inspector.GetEngineInformation(TrtLayerInformationFormat.Json)).Dispose();
        using var bytes = engine.Serialize();
        bytes.Size.ShouldBeGreaterThan(100_000);
        using var again = GpuMachine.Host.Runtime.DeserializeCudaEngine(bytes.Data, bytes.Size);
        again.NbIOTensors.ShouldBe(2);
    }

    [SkippableFact]
    public void A_context_takes_its_settings_and_reports_layers()
    {
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        var cuda = GpuMachine.Context;
        using var scope = cuda.Enter();
        using var engine = Open(entry);
        using var context = engine.CreateExecutionContext(default);
        using var stream = CudaStream.Create(cuda);
        using var input = cuda.Allocator.Allocate(64 * 784 * sizeof(float), stream);
        using var output = cuda.Allocator.Allocate(64 * 10 * sizeof(float), stream);
        var slots = engine.Library.Slots;
        SlotCalls.SetText(slots, Context, context.Raw, "setName", "under test");
        AllSpecified().ShouldBeFalse();
        context.SetInputShape(new("input"), new(5, 1, 28, 28));
        AllSpecified().ShouldBeTrue();
        context.InferShapes().ShouldBe(0);
        SlotCalls.Int(slots, Context, context.Raw, "getOptimizationProfile").ShouldBe(0);
        context.GetTensorShape(new("logits")).ToArray().ShouldBe([5, 10]);
        context.GetMaxOutputSize(new("logits")).ShouldBeGreaterThanOrEqualTo(5 * 10 * sizeof(float));
        context.SetTensorAddress(new("input"), input.Address);
        context.SetTensorAddress(new("logits"), output.Address);
        var logits = new TrtName("logits");
        SlotCalls.Word(slots, Context, context.Raw, "getTensorAddress", (nint)logits.Pointer).ShouldBe(output.Address);
        var layers = 0;
        using var profiler = new TrtProfiler(engine.Library.Slots, (_, milliseconds) =>
        {
            milliseconds.ShouldBeInRange(0, 10_000);
            layers++;
        });
        context.SetProfiler(profiler);
        SlotCalls.Word(slots, Context, context.Raw, "setEnqueueEmitsProfile", 0);
        context.EnqueueV3(stream.Raw);
        stream.Synchronize();
        SlotCalls.Bool(slots, Context, context.Raw, "reportToProfiler").ShouldBeTrue();
        layers.ShouldBeGreaterThan(0);
        context.SetProfiler(null);
        var error = Should.Throw<TensorRtException>(() => context.SetInputShape(new("input"), new(65, 1, 28, 28)));
        error.Messages.ShouldNotBeEmpty();

        bool AllSpecified() => SlotCalls.Bool(slots, Context, context.Raw, "allInputDimensionsSpecified");
    }

    [SkippableFact]
    public void A_refitter_replaces_weights_and_the_answer_changes_with_them()
    {
        var entry = ReadyEngine.Require("mnist_refit_fp32");
        using var scope = GpuMachine.Context.Enter();
        using var engine = Open(entry);
        IsRefittable(engine).ShouldBeTrue();
        using var refitter = engine.CreateRefitter();
        refitter.GetMissingWeights().ShouldBeEmpty();
        var names = refitter.GetAllWeights();
        names.ShouldNotBeEmpty();
        foreach (var name in names) refitter.GetWeightsPrototype(new(name)).Count.ShouldBeGreaterThan(0, name);
        var first = new TrtName(names[0]);
        var prototype = refitter.GetWeightsPrototype(first);
        prototype.Type.ShouldBe(TrtDataType.Float);
        var zeros = NativeMemory.AllocZeroed((nuint)prototype.Count, sizeof(float));
        try
        {
            SlotCalls.SetWeights(engine.Library.Slots, "VRefitter", refitter.Raw, "setNamedWeights", names[0],
                new(prototype.Type, (nint)zeros, prototype.Count)).ShouldBeTrue();
            refitter.RefitCudaEngine();
        }
        finally
        {
            NativeMemory.Free(zeros);
        }
    }

    private static bool IsRefittable(TrtEngine engine) =>
        SlotCalls.Bool(engine.Library.Slots, Engine, engine.Raw, "isRefittable");

    private static int Int(TrtEngine engine, string method) =>
        SlotCalls.Int(engine.Library.Slots, Engine, engine.Raw, method);

    private static TrtEngine Open(ManifestEngine entry)
    {
        var plan = File.ReadAllBytes(entry.PlanPath());
        return GpuMachine.Host.Runtime.DeserializeCudaEngine(plan);
    }
}
