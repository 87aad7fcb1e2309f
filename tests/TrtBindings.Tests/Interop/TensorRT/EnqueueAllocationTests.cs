using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>What is called for each run gives the garbage collector nothing to do.</summary>
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
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) context.SetInputShape(X, Shape);
        var a = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) context.SetTensorAddress(X, 0x1000);
        var b = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) context.GetTensorShape(X);
        var c = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) context.EnqueueV3(0);
        var d = GC.GetAllocatedBytesForCurrentThread();
        string.Join(",", a - before, b - a, c - b, d - c).ShouldBe("0,0,0,0");
        before = GC.GetAllocatedBytesForCurrentThread();
        var ranks = Run(context, 10_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        ranks.ShouldBe(40_000);
    }

    private static long Run(TrtContext context, int times)
    {
        var (ranks, shape) = (0L, Shape);
        for (var i = 0; i < times; i++)
        {
            context.SetInputShape(X, shape);
            context.SetTensorAddress(X, 0x1000);
            ranks += context.GetTensorShape(X).Rank;
            context.EnqueueV3(0);
        }

        return ranks;
    }
}
