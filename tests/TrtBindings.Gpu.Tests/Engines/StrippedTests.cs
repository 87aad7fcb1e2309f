using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>An engine without its weights, which would run and answer nonsense.</summary>
public sealed class StrippedTests
{
    [SkippableFact]
    public void It_refuses_to_run_without_its_weights()
    {
        var entry = ReadyEngine.Require(EngineNames.Stripped);
        var error = Should.Throw<TrtBindingsException>(
            () => Digits.LoadEngine(entry.PlanPath(), ModelOptions.Require(BackendKind.TensorRT)).Dispose());
        error.Message.ShouldContain("weights");
    }

    [SkippableFact]
    public void With_the_weights_of_its_model_it_equals_the_whole_engine()
    {
        var entry = ReadyEngine.Require(EngineNames.Stripped);
        var whole = Manifest.Require("mnist_n1-64_fp32");
        var options = ReadyEngine.Options(entry, new() { StripWeights = true });
        using var model = UntypedModel.Load(entry.ModelPath(), options);
        foreach (var single in whole.Cases!)
        {
            using var inputs = model.CreateInputs(single.Inputs.Values.Single()[0]);
            using var outputs = model.CreateOutputs(single.Inputs.Values.Single()[0]);
            InputFormula.Fill(inputs.Tensors[0]);
            InputFormula.Poison(outputs);
            model.Run(inputs, outputs);
            CaseCheck.Compare(whole, single, outputs).ShouldBeLessThanOrEqualTo(1);
        }
    }
}
