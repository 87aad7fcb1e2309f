using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>Opens the engine of <see cref="BuilderSmoke"/>, checks its properties and runs it.</summary>
internal static class EngineSmoke
{
    private static readonly TrtName Input = new(BuilderSmoke.Input);
    private static readonly TrtName Output = new(BuilderSmoke.Output);

    /// <summary>Runs all checks.</summary>
    /// <param name="library">The library.</param>
    /// <param name="plan">The engine.</param>
    /// <param name="memory">Where it computes.</param>
    /// <param name="report">Gets the answers.</param>
    /// <param name="cuda">The GPU, current now; <see langword="null"/> for a stand-in that needs none.</param>
    public static void Run(
        TrtLibrary library, byte[] plan, ISmokeMemory memory, SmokeReport report, CudaContext? cuda = null)
    {
        using var runtime = report.Make("createInferRuntime", () => TrtRuntime.Create(library, cuda));
        using var engine = runtime is null ? null : report.Make("deserialize", () => runtime.DeserializeCudaEngine(plan));
        if (engine is null) return;
        report.Same("names", [BuilderSmoke.Input, BuilderSmoke.Output],
            () => Enumerable.Range(0, engine.NbIOTensors).Select(engine.GetIOTensorName));
        report.Equal("getTensorIOMode of the input", TrtTensorIOMode.Input, () => engine.GetTensorIOMode(Input));
        report.Equal("getTensorIOMode of the output", TrtTensorIOMode.Output, () => engine.GetTensorIOMode(Output));
        report.Equal("getTensorIOMode of neither", TrtTensorIOMode.None, () => engine.GetTensorIOMode(new("neither")));
        foreach (var name in new[] { Input, Output })
        {
            report.Equal($"getTensorDataType {name}", TrtDataType.Float, () => engine.GetTensorDataType(name));
            report.Equal($"getTensorLocation {name}", TrtTensorLocation.Device, () => engine.GetTensorLocation(name));
            report.Equal($"getTensorFormat {name}", TrtTensorFormat.Linear, () => engine.GetTensorFormat(name, 0));
            report.Equal($"isShapeInferenceIO {name}", false, () => engine.IsShapeInferenceIO(name));
        }

        report.Same("getTensorShape", [-1, 3], () => engine.GetTensorShape(Input).ToArray());
        report.Equal("getNbOptimizationProfiles", 1, () => engine.NbOptimizationProfiles);
        report.Same("getProfileShape", [4, 3], () => engine.GetProfileShape(Input, 0, TrtOptProfileSelector.Max).ToArray());
        report.Equal("isRefittable", false, () => SlotCalls.Bool(library.Slots, "VCudaEngine", engine.Raw, "isRefittable"));
        using var context = report.Make("createExecutionContext", () => engine.CreateExecutionContext(default));
        if (context is not null) RunContext(context, memory, report);
        report.True("serialize", () =>
        {
            using var bytes = engine.Serialize();
            return bytes.Size > 0 && bytes.Data != 0;
        });
    }

    private static void RunContext(TrtContext context, ISmokeMemory memory, SmokeReport report)
    {
        report.Equal("allInputDimensionsSpecified", false, AllSpecified);
        report.Refuses("setInputShape outside the profile", () => context.SetInputShape(Input, new(5, 3)));
        foreach (var batch in new[] { 4, 1, 2 })
        {
            float[] given = [.. Enumerable.Range(0, batch * 3).Select(i => (i * 0.5f) - batch)];
            report.Does($"setInputShape [{batch}, 3]", () => context.SetInputShape(Input, new(batch, 3)));
            report.Equal("allInputDimensionsSpecified after it", true, AllSpecified);
            report.Same("getTensorShape of the output", [batch, 3], () => context.GetTensorShape(Output).ToArray());
            report.True("getMaxOutputSize", () => context.GetMaxOutputSize(Output) >= given.Length * sizeof(float));
            var (input, output) = (memory.Put(given), memory.Put([.. given.Select(_ => float.NaN)]));
            report.Does("setTensorAddress", () =>
            {
                context.SetTensorAddress(Input, input);
                context.SetTensorAddress(Output, output);
            });
            report.Equal("getTensorAddress", output, () => Address(Output));
            report.Equal("inferShapes", 0, context.InferShapes);
            report.Does("enqueueV3", () => context.EnqueueV3(memory.Stream));
            report.Same("the values", given, () => memory.Get(output, given.Length));
        }

        bool AllSpecified() =>
            SlotCalls.Bool(context.Library.Slots, "VExecutionContext", context.Raw, "allInputDimensionsSpecified");

        unsafe nint Address(TrtName name) => SlotCalls.Word(
            context.Library.Slots, "VExecutionContext", context.Raw, "getTensorAddress", (nint)name.Pointer);
    }
}
