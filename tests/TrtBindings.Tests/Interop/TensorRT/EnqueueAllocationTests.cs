using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The calls of a run allocate nothing.</summary>
[Collection(FakeCollection.Name)]
public sealed class EnqueueAllocationTests : WrapperTestBase
{
    [Fact]
    public void Ten_thousand_runs_allocate_nothing()
    {
        using var context = MakeContext(FakeLibrary.Load(100600), out var fake);
        fake.Set("setInputShape", SteadyFunctions.True);
        fake.Set("setTensorAddress", SteadyFunctions.True);
        fake.Set("enqueueV3", SteadyFunctions.True);
        fake.Set("getTensorShape", SteadyFunctions.Shape);
        Run(context, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var ranks = Run(context, 10_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        ranks.ShouldBe(40_000);
    }

    private static long Run(TrtContext context, int times)
    {
        var ranks = 0L;
        Span<long> sizes = [1, 3, 640, 640];
        for (var i = 0; i < times; i++)
        {
            sizes[0] = i;
            context.SetInputShape(X, new TrtDims(sizes));
            context.SetTensorAddress(X, 0x1000);
            ranks += context.GetTensorShape(X).Rank;
            context.EnqueueV3(0);
        }

        return ranks;
    }
}
