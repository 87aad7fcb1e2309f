using System.Reflection;
using System.Text.Json;

namespace TrtBindings.Generators.Tests;

/// <summary>Generated classes load their models and run them on the CPU.</summary>
public sealed class RunTests
{
    [Trait("Category", "Slow")]
    [SkippableFact]
    public void Every_model_that_runs_elsewhere_runs_on_zeros_with_the_same_shapes()
    {
        var root = Shared.Require("realmodels");
        var expected = RanOnZeros(File.ReadAllText(Path.Combine(root, "SIGNATURES.json")));
        var paths = expected.Keys.ToDictionary(file => Path.Combine(root, file));
        var types = Compile([.. paths.Keys], paths.ToDictionary(p => p.Key, p => p.Value.Replace('/', '-')));
        types.Count.ShouldBe(paths.Count);
        paths.Count.ShouldBeGreaterThan(50);
        foreach (var (path, file) in paths)
            Run(types[file.Replace('/', '-')], path).ShouldBeSubsetOf(expected[file], file);
    }

    [Fact]
    public void A_class_runs_over_the_callers_memory_and_leaves_out_what_has_no_form()
    {
        using var folder = new ModelFolder();
        var path = folder.Add("echo.onnx", new OnnxModelBuilder().Input("x", ElementType.Float, "n", 2L)
            .Graph(g => g.Output("list", OnnxType.Sequence(OnnxType.Tensor(ElementType.Float))))
            .Output("y", ElementType.Float, "n", 2L)
            .Node("SequenceConstruct", ["x"], ["list"]).Node("Identity", ["x"], ["y"]));
        var type = Compile([path], new(), """
            public static class Use
            {
                public static float[] It(string path)
                {
                    using var model = MyApp.Echo.Load(path);
                    var result = new float[6];
                    using var inputs = model.WrapInputs(3, new float[] { 1, 2, 3, 4, 5, 6 });
                    using var outputs = model.WrapOutputs(3, result);
                    inputs.Resize(n: 2);
                    model.Run(inputs, outputs);
                    return outputs.Y.Lengths[0] == 2 && inputs.N == 2 && inputs.NCapacity == 3 ? result : null!;
                }
            }
            """)["echo.onnx"];
        var result = (float[]?)type.Assembly.GetType("Use")!.GetMethod("It")!.Invoke(null, [path]);
        result.ShouldBe([1, 2, 3, 4, 0, 0]);
    }

    [Fact]
    public void An_output_without_a_declared_type_has_the_one_that_the_run_gives()
    {
        using var folder = new ModelFolder();
        var path = folder.Add("echo.onnx", new OnnxModelBuilder().Input("x", ElementType.Int16, "n", 2L)
            .Graph(g => g.Output("y", null)).Node("Identity", ["x"], ["y"]));
        var type = Compile([path], new(), """
            public static class Use
            {
                public static string It(string path)
                {
                    using var model = MyApp.Echo.Load(path);
                    using var inputs = model.AllocateInputs(3);
                    using var outputs = model.AllocateOutputs();
                    var before = Error(outputs);
                    for (short i = 0; i < 6; i++) inputs.X.Span[i] = i;
                    model.Run(inputs, outputs);
                    inputs.Resize(2);
                    model.Run(inputs, outputs);
                    return $"{before}|{outputs.Y.ElementType} {string.Join(',', outputs.Y.SpanAs<short>().ToArray())} "
                        + $"{outputs.Y.As<short>()[new nint[] { 1, 1 }]} {outputs.Y.Lengths[0]}|{Error(outputs)}";
                }

                private static string Error(MyApp.Echo.Outputs outputs)
                {
                    try
                    {
                        return outputs.Y.As<float>().Rank.ToString();
                    }
                    catch (TrtBindings.TensorException e)
                    {
                        return e.Message;
                    }
                }
            }
            """)["echo.onnx"];
        var result = (string)type.Assembly.GetType("Use")!.GetMethod("It")!.Invoke(null, [path])!;
        result.ShouldBe("Output 'y' has no declared type, and no run has reported it yet.|Int16 0,1,2,3 3 2|"
            + "The last run wrote output 'y' as int16, which is not Single.");
    }

    [Fact]
    public void Inputs_without_a_rank_start_as_scalars_and_take_any_shape()
    {
        using var folder = new ModelFolder();
        var path = folder.Add("open.onnx", new OnnxModelBuilder()
            .Graph(g => g.Input("x", OnnxType.Unranked(ElementType.Float)).Input("words", OnnxType.Unranked(ElementType.String))
                .Output("y", OnnxType.Unranked(ElementType.Float)).Output("same", OnnxType.Unranked(ElementType.String)))
            .Node("Add", ["x", "x"], ["y"]).Node("Identity", ["words"], ["same"]));
        var type = Compile([path], new(), """
            using System.Linq;
            using TrtBindings;

            public static class Use
            {
                public static string It(string path)
                {
                    using var model = MyApp.Open.Load(path);
                    IRunnableModel any = model;
                    using var inputs = (MyApp.Open.Inputs)any.CreateInputs(new long[0]);
                    using var outputs = (MyApp.Open.Outputs)any.CreateOutputs(new long[0]);
                    inputs.X.Span[0] = 3;
                    inputs.Words.Span[0] = "a";
                    var seen = Run(model, inputs, outputs);
                    var shapes = new[] { new long[] { 2, 3 }, new long[] { 4 }, new long[] { 1, 2, 0 }, new long[] { 2, 3 } };
                    foreach (var shape in shapes)
                    {
                        foreach (var tensor in inputs.Tensors)
                            ((IUnrankedInput)tensor).Reshape(shape);
                        inputs.X.Span.Fill(shape.Length);
                        inputs.Words.Span.Fill("b" + shape.Length);
                        seen += Run(model, inputs, outputs);
                    }

                    var memory = new float[6];
                    using var wrapped = model.WrapInputs([2], [1], memory);
                    wrapped.X.Reshape(like: outputs.Y);
                    memory[5] = 21;
                    try
                    {
                        wrapped.X.Reshape([7]);
                    }
                    catch (TensorException e)
                    {
                        seen += e.Name;
                    }

                    return seen + Run(model, wrapped, outputs);
                }

                private static string Run(MyApp.Open model, MyApp.Open.Inputs inputs, MyApp.Open.Outputs outputs)
                {
                    // From the second run on, the backend writes directly into the outputs' memory.
                    model.Run(inputs, outputs);
                    model.Run(inputs, outputs);
                    return $"[{string.Join(',', outputs.Y.Lengths.ToArray())}] {outputs.Y.Span.ToArray().LastOrDefault()} "
                        + $"[{string.Join(',', outputs.Same.Lengths.ToArray())}] {outputs.Same.Span.ToArray().LastOrDefault()}|";
                }
            }
            """)["open.onnx"];
        var result = (string)type.Assembly.GetType("Use")!.GetMethod("It")!.Invoke(null, [path])!;
        result.ShouldBe("[] 6 [] a|[2,3] 4 [2,3] b2|[4] 2 [4] b1|[1,2,0] 0 [1,2,0] |[2,3] 4 [2,3] b2|x[2,3] 42 [1] |");
    }

    [Fact]
    public async Task A_load_can_be_awaited_and_cancelled()
    {
        using var folder = new ModelFolder();
        var path = folder.Add("echo.onnx", Models.Identity("x", "y", "n"));
        var type = Compile([path], new(), """
            using System;
            using System.Threading;
            using System.Threading.Tasks;

            public static class Use
            {
                public static async Task<string> It(string path)
                {
                    var cancelled = new CancellationToken(canceled: true);
                    using var model = await MyApp.Echo.LoadAsync(path);
                    return string.Join(' ', model.Backend.Kind,
                        await Error(() => Task.FromResult(MyApp.Echo.Load(path, null, cancelled))),
                        await Error(() => MyApp.Echo.LoadAsync(path, null, cancelled)),
                        await Error(() => MyApp.Echo.LoadAsync(path + ".none")));
                }

                private static async Task<string> Error<T>(Func<Task<T>> call)
                {
                    try
                    {
                        await call();
                        return "none";
                    }
                    catch (OperationCanceledException)
                    {
                        return "cancelled";
                    }
                    catch (Exception e)
                    {
                        return e.GetType().Name;
                    }
                }
            }
            """)["echo.onnx"];
        var result = await (Task<string>)type.Assembly.GetType("Use")!.GetMethod("It")!.Invoke(null, [path])!;
        result.ShouldBe("OnnxRuntimeCpu cancelled cancelled ModelFileException");
    }

    /// <summary>Shapes of the outputs by file, as <c>name [1, 2]</c>.</summary>
    private static Dictionary<string, string[]> RanOnZeros(string json) => JsonDocument.Parse(json).RootElement
        .GetProperty("models").EnumerateObject()
        .Where(m => m.Value.GetProperty("ort").TryGetProperty("ranOnZeros", out var ran) && ran.GetBoolean())
        .ToDictionary(m => m.Name, m => m.Value.GetProperty("ort").GetProperty("runOutputs").EnumerateObject()
            .Select(o => $"{o.Name} [{string.Join(", ", o.Value.EnumerateArray().Skip(1))}]").ToArray());

    /// <summary>The generated classes, by the file that they were made from.</summary>
    internal static Dictionary<string, Type> Compile(string[] paths, Dictionary<string, string> targets, params string[] sources)
    {
        var run = GeneratorRun.Of(paths, "MyApp", targets, sources);
        using var assembly = new MemoryStream();
        var emitted = run.Output.Emit(assembly);
        emitted.Success.ShouldBeTrue(string.Join('\n', emitted.Diagnostics));
        return Assembly.Load(assembly.ToArray()).GetTypes().Where(t => t.IsSubclassOf(typeof(OnnxModel)))
            .ToDictionary(t => ((ModelSignature)t.GetProperty("CompiledSignature")!.GetValue(null)!).File);
    }

    /// <summary>Runs a model on zeros with every dynamic dimension at 1, and returns the shapes of its outputs.</summary>
    private static string[] Run(Type type, string path)
    {
        var load = Compiler.LoadOf(type);
        using var loaded = (OnnxModel)load.Invoke(null, [path, null, CancellationToken.None])!;
        IRunnableModel model = loaded;
        using var inputs = model.CreateInputs([.. model.Signature.InputDimensions.Select(_ => 1L)]);
        // For string inputs the recorded shapes used a letter instead of zero.
        foreach (var text in inputs.Tensors.OfType<StringInputTensor>()) text.Span.Fill("a");
        using var outputs = model.CreateOutputs([.. model.Signature.OutputDimensions.Select(_ => 1L)]);
        model.Run(inputs, outputs);
        outputs.Tensors.ShouldNotBeEmpty();
        return [.. outputs.Tensors.Select(t => $"{t.Name} [{string.Join(", ", t.Lengths.ToArray())}]")];
    }
}
