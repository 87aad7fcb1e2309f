namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Outputs whose size depends on data.</summary>
[Trait("Category", "Slow")]
public sealed class DataDependentOutputTests
{
    [SkippableTheory]
    [InlineData(10, 0, true)]
    [InlineData(10, 16, true)]
    [InlineData(10, 16, false)]
    [InlineData(11, 1, true)]
    public void Counts_of_0_and_1_and_many_grow_and_shrink(int major, int minor, bool graphs)
    {
        using var stand = new GpuStandIns(major, minor);
        using (var model = stand.Load(Engines.NonZero, Engines.NonZeroSignature, GpuStandIns.With(graphs: graphs), 64))
        {
            foreach (var (length, count) in new[] { (5, 3), (5, 0), (1, 1), (64, 64), (64, 0), (64, 2), (0, 0), (7, 7), (7, 7) })
                Check(model, length, count);
            model.Session.CapturesGraphs.ShouldBe(graphs && minor != 0);
            stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(0);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void Memory_that_is_not_there_for_it_is_a_typed_error_and_the_model_goes_on()
    {
        using var stand = new GpuStandIns();
        const int Length = 1 << 20;
        using var model = stand.Load(
            Engines.NonZero.Replace("0/4/64", $"0/4/{Length}"), Engines.NonZeroSignature, null, Length);
        Check(model, 4, 1);
        // Room for 4 MB of x and of same, but not for 8 MB of places.
        stand.Driver.SetMemory(0, 12 << 20);
        Set(model, Length, Length);
        Should.Throw<DeviceMemoryException>(() => model.Binding.Run(default));
        model.Outputs.Tensors[0].Lengths.ToArray().ShouldBe([1, 1]);
        stand.Driver.SetMemory(0, 1 << 30);
        Check(model, Length, 3);
        Check(model, 64, 64);
    }

    private static void Check(BoundModel model, int length, int count)
    {
        Set(model, length, count);
        model.Run();
        model.Outputs.Tensors[0].Lengths.ToArray().ShouldBe([1, count]);
        model.Outputs.Get<long>(0).Span.ToArray().ShouldBe(Enumerable.Range(length - count, count).Select(i => (long)i));
        model.Floats(1).ShouldBe(model.Input());
    }

    /// <summary>Sets the input so that its last elements are not zero.</summary>
    private static void Set(BoundModel model, int length, int count)
    {
        model.Inputs.Tensors[0].SetLengths([length]);
        var x = model.Inputs.Get<float>(0).Span;
        for (var i = 0; i < length; i++) x[i] = i < length - count ? 0 : i + 1;
    }
}
