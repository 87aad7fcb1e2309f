using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>Heights and widths that change from run to run, on the same inputs and outputs.</summary>
public sealed class SizeTests
{
    [SkippableTheory]
    [InlineData("scrfd500m_hw_fp32")]
    [InlineData("scrfd500m_hw_fp16")]
    public void Scrfd_is_right_at_every_size_and_back(string name)
    {
        using var engine = ReadyEngine.Load(name);
        var bySize = engine.Entry.Cases!.ToDictionary(entry => entry.Inputs.Values.Single()[^1]);
        using var inputs = engine.Inputs(bySize[bySize.Keys.Max()].Inputs);
        using var outputs = engine.Outputs(bySize[bySize.Keys.Max()].Inputs);
        foreach (var size in (long[])[320, 416, 640, 1280, 640, 416, 320, 1280, 320])
        {
            inputs.Resize(engine.Dimensions(bySize[size].Inputs));
            CaseCheck.Run(engine, bySize[size], inputs, outputs);
        }
    }

    [SkippableFact]
    public void Dimensions_that_the_engine_wants_equal_are_named_and_the_next_run_is_right()
    {
        using var engine = ReadyEngine.Load("scrfd500m_hw_fp32");
        var small = engine.Entry.Cases!.Single(entry => entry.Inputs.Values.Single()[^1] == 320);
        using var inputs = engine.Model.CreateInputs(640, 640);
        using var outputs = engine.Outputs(small.Inputs);
        inputs.Resize(480, 640);
        var error = Should.Throw<TrtBindingsException>(() => engine.Model.Run(inputs, outputs));
        error.Message.ShouldContain("480");
        error.Message.ShouldContain("640");
        inputs.Resize(320, 320);
        CaseCheck.Run(engine, small, inputs, outputs);
    }

    [SkippableFact]
    public void Fixed_slots_of_Mask_R_CNN_have_the_right_shapes_and_values_each_time()
    {
        using var engine = ReadyEngine.Load("mask_fixed_slots_fp32");
        var entry = engine.Entry.Cases!.Single();
        using var inputs = engine.Inputs(entry.Inputs);
        using var outputs = engine.Outputs(entry.Inputs);
        for (var round = 0; round < 4; round++)
        {
            CaseCheck.Run(engine, entry, inputs, outputs);
            // A grey picture in between, which must leave nothing behind.
            foreach (var tensor in inputs.Tensors) InputFormula.FillWith(tensor, 0.5f);
            engine.Model.Run(inputs, outputs);
        }
    }
}
