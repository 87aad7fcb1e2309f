using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Checks when an engine is opened.</summary>
[Trait("Category", "Slow")]
public sealed class OpeningTests
{
    [SkippableTheory]
    [InlineData("x float batch,2; y float batch,2; w float 1 -> z float batch,2", "no input 'w'; its inputs are 'x', 'y'.")]
    [InlineData("x float batch,2 -> z float batch,2", "the engine has an input 'y' that the class does not have.")]
    [InlineData("x float batch,2; z float batch,2 -> y float batch,2", "'z' is an input of the class, and the other way round")]
    [InlineData("x float batch,2; y float batch,2 -> s float batch,2", "the engine has no output 's'; its outputs are 'z'.")]
    [InlineData("x int64 batch,2; y float batch,2 -> z float batch,2", "'x' has elements of type int64, and float in the engine")]
    [InlineData("x float batch; y float batch,2 -> z float batch,2", "input 'x' has 1 dimensions, and 2 in the engine.")]
    [InlineData("x float batch,3; y float batch,2 -> z float batch,2", "dimension 1 of input 'x' is 3, and 2 in the engine.")]
    [InlineData("x float 5,2; y float batch,2 -> z float batch,2", "0 of input 'x' is 5, and the engine allows [1..4, 2].")]
    [InlineData("x float batch,2; y float batch,2 -> z float batch,7", "dimension 1 of output 'z' is 7, and 2 in the engine.")]
    public void The_first_difference_between_engine_and_class_is_named(string signature, string difference)
    {
        using var stand = new GpuStandIns();
        var error = Should.Throw<SignatureMismatchException>(() => stand.Open(Engines.Add, Sign.Of(signature)));
        error.Difference.ShouldContain(difference);
        error.Model.ShouldBe("model.engine");
        stand.ShouldBeClean();
    }

    [SkippableTheory]
    [InlineData("x float batch,2; y float batch,2 -> z float batch,2")]
    [InlineData("y float batch,2; x float batch,two -> z float rows,2")]
    [InlineData("x float 3,2; y float 3,2 -> z float 3,2")]
    [InlineData("x float batch,2; y float batch,2 -> z float 9!,7!")]
    public void What_is_open_on_one_side_is_no_difference(string signature)
    {
        using var stand = new GpuStandIns();
        using (stand.Open(Engines.Add, Sign.Of(signature))) stand.Trt.Get("live.engine").ShouldBe(1);
        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void A_layout_that_is_not_row_major_is_refused()
    {
        using var stand = new GpuStandIns();
        stand.Trt.Set("tensorFormat", 2);
        Should.Throw<SignatureMismatchException>(() => stand.Open(Engines.Add, Engines.AddSignature))
            .Difference.ShouldContain("input 'x' has the layout Hwc8 in the engine");
    }

    [SkippableFact]
    public void A_damaged_or_foreign_plan_is_a_typed_error_with_the_reason()
    {
        using var stand = new GpuStandIns();
        using var other = new GpuStandIns(10, 8);
        var plan = stand.Trt.Plan(Engines.Add);
        Refusal(plan[..^9]).ShouldContain($"cut off after {plan.Length - 9:N0} of {plan.Length:N0} bytes");
        Refusal(plan[..20]).ShouldContain("TensorRT said: ");
        Refusal("not a plan at all, and longer than a header"u8.ToArray()).ShouldContain("not a plan of TensorRT");
        var foreign = Refusal(other.Trt.Plan(Engines.Add));
        foreign.ShouldContain("built with TensorRT 10.8.0.7, and 10.16.0.7 is loaded");
        foreign.ShouldContain("Current Version: 1016, Serialized Engine Version: 1008");
        plan[^3] ^= 1;
        Refusal(plan).ShouldContain("damaged, or was built for another GPU than GPU 0");
        stand.ShouldBeClean();

        string Refusal(byte[] bytes)
        {
            using var read = GpuStandIns.Read(bytes);
            var error = Should.Throw<EngineFileException>(() => stand.Open(read, Engines.AddSignature));
            error.InnerException.ShouldBeOfType<TensorRtException>();
            return error.Message;
        }
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(11)]
    public unsafe void An_engine_without_its_weights_is_refused_until_they_are_in(int major)
    {
        const string Stripped = """
            refittable
            input x 0 batch,2
            weights bias 2 stripped
            node Add sum y x bias
            output y
            profile x=1,2/2,2/4,2
            """;
        using var stand = new GpuStandIns(major, major == 10 ? 16 : 1);
        var signature = Sign.Of("x float batch,2 -> y float batch,2");
        var error = Should.Throw<EngineFileException>(() => stand.Open(Stripped, signature));
        error.Message.ShouldContain("built without its weights. Load it together with the .onnx file");
        stand.ShouldBeClean();

        using (var model = new BoundModel(stand.Open(Stripped, signature, null, engine => Refit(engine, 10, 20)), signature, 2))
        {
            for (var run = 0; run < 5; run++) Expect(model, 10, 20);
            model.Session.Lanes.All().Single().GraphCount.ShouldBe(1);
            model.Session.Refit(engine => Refit(engine, 30, 40));
            for (var run = 0; run < 5; run++) Expect(model, 30, 40);
        }

        stand.ShouldBeClean();

        static void Expect(BoundModel model, float first, float second)
        {
            model.Fill(1);
            model.Run();
            model.Floats().ShouldBe([1 + first, 2 + second, 3 + first, 4 + second]);
        }

        static void Refit(TrtEngine engine, params float[] bias)
        {
            using var refitter = engine.CreateRefitter();
            fixed (float* values = bias)
            {
                SlotCalls.SetWeights(engine.Library.Slots, "VRefitter", refitter.Raw, "setNamedWeights", "bias",
                    new(TrtDataType.Float, (nint)values, bias.Length)).ShouldBeTrue();
                refitter.RefitCudaEngine();
            }
        }
    }

    [SkippableTheory]
    [InlineData(10, "1")]
    [InlineData(11, "1")]
    [InlineData(10, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30")]
    public void A_refittable_engine_with_its_weights_needs_no_others(int major, string values)
    {
        // One weight is smaller than what TensorRT adds when it serializes an engine again; thirty are larger.
        var count = values.Split(' ').Length;
        var text = $"""
            refittable
            input x 0 batch,{count}
            weights bias {count} {values}
            node Add sum y x bias
            output y
            profile x=1,{count}/2,{count}/4,{count}
            """;
        using var stand = new GpuStandIns(major, major == 10 ? 16 : 1);
        var signature = Sign.Of($"x float batch,{count} -> y float batch,{count}");
        using (var engine = stand.Open(text, signature, null, _ => throw new InvalidOperationException("has its weights")))
        using (var model = new BoundModel(engine, signature, 1) { KeepsSession = true })
        {
            model.Fill(1);
            model.Run();
            model.Floats().ShouldBe(model.Input().Zip(values.Split(' '), (x, bias) => x + float.Parse(bias)));
        }

        stand.Open(text, signature).Dispose();
        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void An_engine_with_code_for_the_processor_is_opened_where_that_is_allowed_only()
    {
        using var stand = new GpuStandIns();
        const string Compatible = "versionCompatible\n" + Engines.Add;
        Should.Throw<EngineFileException>(() => stand.Open(Compatible, Engines.AddSignature)).Message.ShouldContain("host code");
        using (stand.Open(Compatible, Engines.AddSignature, GpuStandIns.With(hostCode: true)))
            Should.Throw<EngineFileException>(() => stand.Open(Compatible, Engines.AddSignature));
        stand.ShouldBeClean();
    }
}
