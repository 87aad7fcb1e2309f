using TrtBindings.OnnxRuntime;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>The binding of a session that has a device of its own, tried on the processor.</summary>
public sealed class CopiedInputTests
{
    [Fact]
    public void Inputs_are_bound_anew_for_every_run_and_nothing_is_allocated()
    {
        using var model = UntypedModel.Load(TestModels.Double());
        using var inputs = model.CreateInputs(4);
        using var outputs = model.CreateOutputs(4);
        var library = OrtLibrary.Load(null);
        using var options = new OrtSettings(1, 0, 99, null).ToSessionOptions();
        using var session = OrtSession.Load(library, null, TestModels.Double(), options);
        using var binding = new OrtBinding(session, inputs.Tensors, outputs.Tensors, copiesInputs: true);
        foreach (var batch in (long[])[4, 1, 3])
        {
            inputs.Resize(batch);
            for (var run = 0; run < 3; run++)
            {
                inputs.Get<float>(0).Span.Fill(batch + run);
                binding.Run(default);
                outputs.Get<float>(0).Lengths.ToArray().ShouldBe([(nint)batch, 3]);
                outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 2 * (batch + run));
            }
        }

        for (var i = 0; i < 100; i++) binding.Run(default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) binding.Run(default);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
