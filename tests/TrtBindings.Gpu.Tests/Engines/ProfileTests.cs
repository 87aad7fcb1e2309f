using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>An engine with three profiles: batch 1, 2 to 8, 9 to 64.</summary>
public sealed class ProfileTests
{
    [SkippableFact]
    public void The_right_profile_is_chosen_and_a_batch_outside_all_is_refused_with_their_ranges()
    {
        using var engine = ReadyEngine.Load("mnist_3profiles_fp32");
        var byBatch = engine.Entry.Cases!.ToDictionary(entry => entry.Inputs.Values.Single()[0]);
        using var inputs = engine.Model.CreateInputs(80);
        using var outputs = engine.Model.CreateOutputs(80);
        foreach (var batch in (long[])[1, 5, 40, 5, 1, 40, 1])
        {
            inputs.Resize(batch);
            CaseCheck.Run(engine, byBatch[batch], inputs, outputs);
        }

        inputs.Resize(65);
        var error = Should.Throw<TrtBindingsException>(() => engine.Model.Run(inputs, outputs));
        foreach (var part in (string[])["65", "1", "2", "8", "9", "64"]) error.Message.ShouldContain(part);
        // Nothing is left of the refusal that would let the same sizes pass.
        Should.Throw<TrtBindingsException>(() => engine.Model.Run(inputs, outputs)).Message.ShouldBe(error.Message);
        FigureLog.Report("profiles", "batch 65 of profiles 1, 2 to 8, 9 to 64", error.Message);
        inputs.Resize(40);
        CaseCheck.Run(engine, byBatch[40], inputs, outputs);
    }
}
