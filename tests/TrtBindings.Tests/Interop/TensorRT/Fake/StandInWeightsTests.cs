using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>Refitting, and outputs whose size depends on data: structs by value and callbacks.</summary>
[Trait("Category", "Slow")]
public sealed class StandInWeightsTests
{
    private const string Stripped = """
        refittable
        input x 0 batch,2
        weights bias 2 stripped
        node Add sum y x bias
        output y
        """;

    [SkippableTheory]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public unsafe void A_stripped_engine_computes_once_its_weights_are_in(int major, int minor)
    {
        using var fake = new TrtStandIn(major, minor);
        using (var run = new TrtRun(fake, Stripped))
        using (var refitter = run.Engine.CreateRefitter())
        {
            run.Give("x", [1, 2], 1, 2);
            var y = run.Place("y", 2);
            run.Context.EnqueueV3(0);
            y.ToArray().ShouldNotBe([11, 22]);
            refitter.GetAllWeights().ShouldBe(["bias"]);
            refitter.GetMissingWeights().ShouldBeEmpty("as on the real library: nothing is missing before something was given");
            Should.Throw<TensorRtException>(refitter.RefitCudaEngine).Messages.ShouldHaveSingleItem().ShouldContain("missing 1");

            float[] bias = [10, 20];
            fixed (float* values = bias)
            {
                Give("other", default).ShouldBeFalse();
                refitter.TakeMessages().ShouldHaveSingleItem().ShouldContain("other");
                Give("bias", new(TrtDataType.Float, (nint)values, bias.Length)).ShouldBeTrue();
            }

            bool Give(string name, TrtWeights weights) =>
                SlotCalls.SetWeights(fake.Library.Slots, "VRefitter", refitter.Raw, "setNamedWeights", name, weights);

            refitter.GetWeightsPrototype(new("bias")).Count.ShouldBe(2);
            refitter.GetMissingWeights().ShouldBeEmpty();
            refitter.RefitCudaEngine();
            run.Context.EnqueueV3(0);
            y.ToArray().ShouldBe([11, 22]);
        }

        fake.ShouldBeClean("refitter", "context", "engine", "runtime");
    }

    [SkippableFact]
    public void An_engine_serialized_again_still_computes()
    {
        using var fake = new TrtStandIn();
        byte[] copy;
        using (var run = new TrtRun(fake, "input x%20in 0 3\nweights w 3 0.1 -2 1e9\nnode Mul m y x%20in w\noutput y"))
        using (var memory = run.Engine.Serialize())
        using (var stream = memory.OpenRead())
        {
            copy = new byte[stream.Length];
            stream.ReadExactly(copy);
        }

        using var again = new TrtRun(fake, copy);
        again.Give("x in", [3], 2, 2, 2);
        var y = again.Place("y", 3);
        again.Context.EnqueueV3(0);
        y.ToArray().ShouldBe([2 * 0.1f, -4, 2e9f]);
    }

    [SkippableTheory]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void An_output_that_depends_on_data_goes_through_the_allocator(int major, int minor)
    {
        using var fake = new TrtStandIn(major, minor);
        using var run = new TrtRun(fake, "input x 0 n\nnode NonZero find y x\noutput y");
        using var memory = new HostOutputMemory();
        using var allocator = new TrtOutputAllocator(fake.Library.Slots, memory);
        run.Context.SetOutputAllocator(new("y"), allocator);
        run.Engine.GetTensorDataType(new("y")).ShouldBe(TrtDataType.Int64);

        run.Give("x", [5], 0, 3, 0, 4, 5);
        run.Shape("y").ShouldBe([1, -1]);
        run.Context.EnqueueV3(0);
        memory.Shape.ShouldBe([1, 3]);
        memory.Read<long>().ShouldBe([1, 3, 4]);

        run.Give("x", [2], 0, 0);
        run.Context.EnqueueV3(0);
        memory.Shape.ShouldBe([1, 0]);

        memory.Refuses = true;
        run.Give("x", [3], 1, 1, 1);
        Should.Throw<TensorRtException>(() => run.Context.EnqueueV3(0))
            .Messages.ShouldHaveSingleItem().ShouldContain("refused 24 bytes for y");
    }
}
