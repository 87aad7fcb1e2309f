using TrtBindings.TestSupport;
using TrtBindings.Tests.Backends;
using TrtBindings.Tests.Models.TensorRT;

namespace TrtBindings.Tests.Models;

/// <summary>Sizes that change before each run cost no memory.</summary>
public sealed class ResizeTests
{
    [Fact]
    public void New_sizes_allocate_nothing()
    {
        using var inputs = new SampleSignature.Inputs(4, 64, 64);
        Allocated(round => inputs.Resize(1 + (round & 3), 32, 16 + (round & 31))).ShouldBe(0);
        inputs.Images.Lengths.ToArray().ShouldBe([4, 3, 32, 47]);
    }

    [Fact]
    public void New_sizes_within_declared_profiles_allocate_nothing()
    {
        using var model = DeclaredModel.Load(new ModelOptions());
        using var inputs = model.Inputs(16);
        Allocated(round => inputs.Resize(1 + (round & 15))).ShouldBe(0);
        inputs.X.Lengths.ToArray().ShouldBe([16, 3]);
    }

    [Fact]
    public void New_sizes_of_a_model_of_any_kind_allocate_nothing()
    {
        using var model = UntypedModel.Load(TestModels.Double());
        using var inputs = model.CreateInputs(16);
        Allocated(round => ((IRunnableModel)model).Resize(inputs, 1 + (round & 15))).ShouldBe(0);
    }

    private static long Allocated(Action<int> action)
    {
        for (var round = 0; round < 64; round++) action(round);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 64; round++) action(round);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
