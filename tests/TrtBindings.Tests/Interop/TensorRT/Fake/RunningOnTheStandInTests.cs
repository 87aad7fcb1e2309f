using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>The interop layer for running, on tables that a C++ compiler laid out.</summary>
[Trait("Category", "Slow")]
public sealed class RunningOnTheStandInTests
{
    private const string Add = """
        engine add
        input x 0 batch,2
        input y 0 batch,2
        node Add sum z x y
        output z
        profile x=1,2/2,2/4,2 y=1,2/2,2/4,2
        profile x=5,2/8,2/16,2 y=5,2/8,2/16,2
        """;

    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 8)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void An_engine_says_what_it_is_and_adds(int major, int minor)
    {
        using var fake = new TrtStandIn(major, minor);
        fake.Library.Version.ShouldBe(new TrtVersion(major, minor, 0, 7));
        using (var run = new TrtRun(fake, Add))
        {
            var slots = fake.Library.Slots;
            SlotCalls.Text(slots, "VCudaEngine", run.Engine.Raw, "getName").ShouldBe("add");
            SlotCalls.Bool(slots, "VCudaEngine", run.Engine.Raw, "isRefittable").ShouldBeFalse();
            run.Engine.NbOptimizationProfiles.ShouldBe(2);
            Enumerable.Range(0, run.Engine.NbIOTensors).Select(run.Engine.GetIOTensorName).ShouldBe(["x", "y", "z"]);
            run.Engine.GetTensorIOMode(new("y")).ShouldBe(TrtTensorIOMode.Input);
            run.Engine.GetTensorIOMode(new("z")).ShouldBe(TrtTensorIOMode.Output);
            run.Engine.GetTensorShape(new("x")).ToArray().ShouldBe([-1, 2]);
            run.Engine.GetProfileShape(new("x"), 1, TrtOptProfileSelector.Max).ToArray().ShouldBe([16, 2]);

            SlotCalls.Bool(slots, "VExecutionContext", run.Context.Raw, "allInputDimensionsSpecified").ShouldBeFalse();
            run.Shape("z").ShouldBe([-1, 2]);
            run.Give("x", [2, 2], 1, 2, 3, 4);
            run.Give("y", [2, 2], 10, 20, 30, 40);
            run.Shape("z").ShouldBe([2, 2]);
            run.Context.GetMaxOutputSize(new("z")).ShouldBe(4 * 2 * sizeof(float));
            var z = run.Place("z", 4);
            run.Context.EnqueueV3(0);
            z.ToArray().ShouldBe([11, 22, 33, 44]);
        }

        fake.ShouldBeClean("runtime", "engine", "context", "hostMemory");
    }

    [SkippableFact]
    public void A_shape_outside_the_profile_is_refused_with_its_range()
    {
        using var fake = new TrtStandIn();
        using var run = new TrtRun(fake, Add);
        var error = Should.Throw<TensorRtException>(() => run.Context.SetInputShape(new("x"), new(5, 2)));
        error.Messages.ShouldHaveSingleItem().ShouldContain("Valid range for profile 0: [1,2]..[4,2]");
        run.Context.SetOptimizationProfileAsync(1, 0);
        SlotCalls.Int(fake.Library.Slots, "VExecutionContext", run.Context.Raw, "getOptimizationProfile").ShouldBe(1);
        run.Context.SetInputShape(new("x"), new(5, 2));
        Should.Throw<TensorRtException>(() => run.Context.SetOptimizationProfileAsync(2, 0));
        Should.Throw<TensorRtException>(() => run.Context.SetInputShape(new("x"), new(5, 3)))
            .Messages.ShouldHaveSingleItem().ShouldContain("Static dimension mismatch");
    }

    [SkippableFact]
    public void Dimensions_of_one_name_must_be_equal()
    {
        using var fake = new TrtStandIn();
        using var run = new TrtRun(fake, "input x 0 1,?,?\nnode Identity copy y x\noutput y");
        run.Context.SetInputShape(new("x"), new(1, 4, 6));
        run.Context.GetTensorShape(new("y")).IsValid.ShouldBeFalse();
        run.Context.TakeMessages().ShouldHaveSingleItem().ShouldContain("Dimensions with name ? must be equal");
        run.Context.SetInputShape(new("x"), new(1, 6, 6));
        run.Shape("y").ShouldBe([1, 6, 6]);
    }

    [SkippableFact]
    public void A_run_that_cannot_be_queued_says_why()
    {
        using var fake = new TrtStandIn(11, 1);
        using var run = new TrtRun(fake, Add);
        Enqueue().ShouldContain("allInputDimensionsSpecified");
        run.Give("x", [1, 2], 1, 2);
        run.Give("y", [1, 2], 1, 2);
        Enqueue().ShouldContain("output tensor z");
        var z = run.Place("z", 2);
        fake.Set("fail.enqueue", 1);
        Enqueue().ShouldContain("Cuda Runtime");
        z.ToArray().ShouldAllBe(value => float.IsNaN(value));
        run.Context.EnqueueV3(0);
        z.ToArray().ShouldBe([2, 4]);
        Should.Throw<TensorRtException>(() => run.Context.SetTensorAddress(new("x"), 0x1004))
            .Messages.ShouldHaveSingleItem().ShouldContain("aligned to 256");

        string Enqueue() => Should.Throw<TensorRtException>(() => run.Context.EnqueueV3(0)).Messages.ShouldHaveSingleItem();
    }

    [SkippableFact]
    public void A_plan_that_is_cut_changed_or_of_another_version_is_refused()
    {
        using var fake = new TrtStandIn();
        using var other = new TrtStandIn(10, 8);
        using var runtime = TrtRuntime.Create(fake.Library);
        var plan = fake.Plan(Add);
        Refusal(plan.AsSpan(..^1)).ShouldContain("bytes, expected");
        Refusal("not a plan"u8).ShouldContain("Magic tag does not match");
        Refusal(other.Plan(Add)).ShouldContain("Current Version: 1016, Serialized Engine Version: 1008");
        plan[^3] ^= 1;
        Refusal(plan).ShouldContain("checksum");
        fake.Get("live.engine").ShouldBe(0);

        string Refusal(ReadOnlySpan<byte> bytes)
        {
            var copy = bytes.ToArray();
            var error = Should.Throw<TensorRtException>(() => runtime.DeserializeCudaEngine(copy));
            return error.Messages.ShouldHaveSingleItem();
        }
    }

    [SkippableFact]
    public void Memory_that_a_context_does_not_get_is_a_typed_error()
    {
        using var fake = new TrtStandIn();
        using var runtime = TrtRuntime.Create(fake.Library);
        using var engine = runtime.DeserializeCudaEngine(fake.Plan(Add));
        fake.Set("fail.allocation", 1);
        Should.Throw<TensorRtException>(() => engine.CreateExecutionContext(default))
            .Messages.ShouldHaveSingleItem().ShouldContain("Requested size was 4096 bytes");
        using var context = engine.CreateExecutionContext(default);
    }

    [SkippableFact]
    public void Another_major_is_refused_before_any_object_is_made()
    {
        using var fake = new TrtStandIn(12, 0);
        Should.Throw<NativeLibraryException>(() => fake.Library).Message.ShouldContain("12.0");
        fake.Get("live.runtime").ShouldBe(0);
    }
}
