using System.Reflection;

namespace TrtBindings.Generators.Tests;

/// <summary>Members of a generated class for engines, asynchronous runs and warm-up, where TensorRT is absent.</summary>
public sealed class EngineMemberTests
{
    [Fact]
    public void A_class_warms_up_and_runs_asynchronously_by_the_names_of_its_dimensions()
    {
        // A tensor may be called as a constructor's parameter is.
        Use(new OnnxModelBuilder().Input("model", ElementType.Float, "n", 2L).Output("y", ElementType.Float, "n", 2L)
            .Node("Identity", ["model"], ["y"]), """
            using var model = MyApp.Echo.Load(path, TrtBindings.ModelOptions.Require(TrtBindings.BackendKind.OnnxRuntimeCpu));
            model.WarmUp(n: 4);
            using var inputs = model.WrapInputs(3, new float[] { 1, 2, 3, 4, 5, 6 });
            using var outputs = model.AllocateOutputs(n: 3);
            model.RunAsync(inputs, outputs).Wait();
            return string.Join(',', outputs.Y.Span.ToArray()) + " " + (model.Gpu is null);
            """).ShouldBe("1,2,3,4,5,6 True");
    }

    [Fact]
    public void A_class_with_inputs_of_any_rank_warms_up_at_a_shape()
    {
        Use(new OnnxModelBuilder()
            .Graph(g => g.Input("x", OnnxType.Unranked(ElementType.Float)).Output("y", OnnxType.Unranked(ElementType.Float)))
            .Node("Identity", ["x"], ["y"]), """
            using var model = MyApp.Echo.Load(path, TrtBindings.ModelOptions.Require(TrtBindings.BackendKind.OnnxRuntimeCpu));
            model.WarmUp(xShape: new long[] { 2, 3 });
            return model.Backend.Kind.ToString();
            """).ShouldBe("OnnxRuntimeCpu");
    }

    [Fact]
    public void Building_and_loading_engines_say_what_is_missing_in_typed_errors()
    {
        Use(new OnnxModelBuilder().Input("x", ElementType.Float, "n", 2L).Output("y", ElementType.Float, "n", 2L)
            .Node("Identity", ["x"], ["y"]), """
            var nowhere = new TrtBindings.TensorRtOptions { LibraryPath = path + ".none" };
            var sized = nowhere with { Profiles = new[] { new TrtBindings.TensorRtProfile { ["n"] = (1, 2, 4) } } };
            return string.Join(' ',
                Error(() => MyApp.Echo.LoadEngine(path + ".engine")),
                Error(() => MyApp.Echo.LoadEngine(path)),
                Error(() => MyApp.Echo.BuildEngine(path, nowhere)),
                Error(() => MyApp.Echo.BuildEngine(path, sized)),
                Error(() => MyApp.Echo.BuildEngine(path, new TrtBindings.ModelOptions { TensorRT = sized })),
                Error(() => MyApp.Echo.BuildEngine(sized)));
            """).ShouldBe("EngineFileException EngineFileException ModelOptionException NativeLibraryException "
                + "NativeLibraryException "
                + "ModelFileException");
    }

    private static string Use(OnnxModelBuilder model, string body)
    {
        using var folder = new ModelFolder();
        var path = folder.Add("echo.onnx", model);
        var source = $$"""
            public static class Use
            {
                public static string It(string path)
                {
                    {{body}}
                }

                private static string Error(System.Action action)
                {
                    try
                    {
                        action();
                        return "none";
                    }
                    catch (TrtBindings.TrtBindingsException e)
                    {
                        return e.GetType().Name;
                    }
                }
            }
            """;
        using var assembly = new MemoryStream();
        var emitted = GeneratorRun.Of([path], "MyApp", new(), source).Output.Emit(assembly);
        emitted.Success.ShouldBeTrue(string.Join('\n', emitted.Diagnostics));
        return (string)Assembly.Load(assembly.ToArray()).GetType("Use")!.GetMethod("It")!.Invoke(null, [path])!;
    }
}
