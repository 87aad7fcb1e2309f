using TrtBindings.TestSupport;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Runs one after the other: shapes, values, types.</summary>
[Trait("Category", "Slow")]
public sealed class RunTests
{
    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 8)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void A_batch_grows_and_shrinks_and_nothing_stale_is_seen(int major, int minor)
    {
        using var stand = new GpuStandIns(major, minor);
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4))
        {
            foreach (var batch in new[] { 1, 2, 4, 3, 1, 4, 4, 4, 2, 2, 2, 1 })
            {
                model.Inputs.Resize(batch);
                model.Fill(batch);
                model.Run();
                model.Outputs.Tensors[0].Lengths.ToArray().ShouldBe([batch, 2]);
                model.Floats().ShouldBe(model.Input(0).Zip(model.Input(1), (x, y) => x + y));
            }

            SlotCalls.Text(model.Session.Native.Library.Slots, "VCudaEngine", model.Session.Native.Raw, "getName")
                .ShouldBe("add");
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void A_value_for_an_input_whose_default_is_built_into_the_engine_is_refused_by_name()
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, null, 2))
        {
            using var alpha = new UntypedModel.Inputs(Sign.Of("alpha float 1 -> z float 1"), [], []);
            var error = Should.Throw<TensorException>(() =>
                model.Session.Bind([.. model.Inputs.Tensors, alpha.Tensors[0]], model.Outputs.Tensors));
            error.Name.ShouldBe("alpha");
            error.Message.ShouldContain("Input 'alpha' has a default, which TensorRT has built into the engine");
            error.Message.ShouldContain("Call UseDefault()");
            model.Fill(1);
            model.Run();
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void The_tightest_profile_that_fits_is_taken_and_the_ranges_are_named_where_none_does()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 65);
        foreach (var (batch, profile) in new[] { (1, 1), (5, 0), (40, 2), (1, 1), (64, 2), (8, 0), (9, 2) })
        {
            model.Inputs.Resize(batch);
            model.Fill(-2);
            model.Run();
            model.Binding.Inputs.Profile.ShouldBe(profile);
            model.Floats().ShouldBe(model.Input().Select(x => Math.Max(x, 0)));
        }

        model.Inputs.Resize(65);
        var before = model.Floats();
        var error = Should.Throw<TensorException>(() => model.Binding.Run(default));
        error.Name.ShouldBe("x");
        error.Message.ShouldBe("No profile of the engine allows 'x' [65, 3]. It has profile 0: 'x' [1..8, 3]; profile 1: "
            + "'x' [1, 3]; profile 2: 'x' [9..64, 3]. Run sizes within one of these, or build the engine with a profile for this "
            + "one.");
        model.Floats().ShouldBe(before);
        model.Inputs.Resize(2);
        model.Run();
        model.Floats().Length.ShouldBe(6);
    }

    [SkippableTheory]
    [InlineData("float", 0)]
    [InlineData("float16", 1)]
    [InlineData("int8", 2)]
    [InlineData("int32", 3)]
    [InlineData("bool", 4)]
    [InlineData("uint8", 5)]
    [InlineData("bfloat16", 7)]
    [InlineData("int64", 8)]
    public unsafe void Every_element_type_goes_in_and_out(string type, int number)
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(
            $"input x {number} 5,3\nnode Identity i y x\noutput y", Sign.Of($"x {type} 5,3 -> y {type} 5,3"));
        var (x, y) = (model.Inputs.Tensors[0], model.Outputs.Tensors[0]);
        var bytes = new Span<byte>((void*)x.Address, (int)x.ByteLength);
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(type == "bool" ? i % 2 : i * 7);
        model.Run();
        new Span<byte>((void*)y.Address, (int)y.ByteLength).ToArray().ShouldBe(bytes.ToArray());
    }

    [SkippableFact]
    public void Dimensions_that_a_model_calls_by_one_name_are_both_named_where_they_differ()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load("input x 0 1,?,?\nnode Identity copy y x\noutput y\nprofile x=1,1,1/1,4,4/1,8,8",
            Sign.Of("x float 1,?,? -> y float 1,?,?"), null, 6, 6);
        model.Inputs.Resize(4, 6);
        var error = Should.Throw<TensorException>(() => model.Binding.Run(default));
        error.Message.ShouldContain("calls two dimensions '?'");
        error.Message.ShouldContain("dimension 1 of 'x' is 4, and dimension 2 of 'x' is 6");
        error.Message.ShouldContain("TensorRT said: ");
        model.Inputs.Resize(6, 6);
        model.Fill(1);
        model.Run();
        model.Floats().ShouldBe(model.Input());
    }

    [SkippableFact]
    public void A_tensor_without_elements_is_run_like_any_other()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load("input x 0 n,3\nnode Identity i y x\noutput y\nprofile x=0,3/2,3/4,3",
            Sign.Of("x float n,3 -> y float n,3"), null, 4);
        foreach (var rows in new[] { 2, 0, 3 })
        {
            model.Inputs.Tensors[0].SetLengths([rows, 3]);
            model.Fill(1);
            model.Run();
            model.Outputs.Tensors[0].Lengths.ToArray().ShouldBe([rows, 3]);
            model.Floats().ShouldBe(model.Input());
        }
    }

    [SkippableFact]
    public void A_failed_run_says_why_and_leaves_the_outputs_and_the_model_as_they_were()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(graphs: false), 4);
        model.Fill(1);
        model.Run();
        var before = model.Floats();
        stand.Trt.Set("fail.enqueue", 1);
        model.Inputs.Resize(2);
        Should.Throw<TensorRtException>(() => model.Binding.Run(default))
            .Message.ShouldContain("Cuda Runtime (invalid argument)");
        model.Floats().ShouldBe(before);
        model.Fill(3);
        model.Run();
        model.Floats().ShouldBe(model.Input(0).Zip(model.Input(1), (x, y) => x + y));
    }
}
