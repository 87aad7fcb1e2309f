using TrtBindings.Backends;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Running;
using TrtBindings.TestSupport;
using TrtBindings.TestSupport.TensorRT;

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

    [SkippableTheory]
    [InlineData(EngineNames.Stripped)]
    [InlineData("mnist_refit_fp32")]
    [InlineData("mnist_n1-64_fp32")]
    public void What_tensorrt_says_of_missing_weights_is_reported(string name)
    {
        var entry = ReadyEngine.Require(name);
        using var scope = GpuMachine.Context.Enter();
        using var file = EnginePlanFile.Open(entry.PlanPath());
        using var plan = file.ReadPlan();
        using var engine = GpuMachine.Host.Runtime.DeserializeCudaEngine(plan.Address, plan.Length);
        var isRefittable = SlotCalls.Bool(engine.Library.Slots, "VCudaEngine", engine.Raw, "isRefittable");
        var facts = new List<string> { $"plan {plan.Length:N0} bytes", $"isRefittable {isRefittable}" };
        Say(() =>
        {
            using var refitter = engine.CreateRefitter();
            var all = refitter.GetAllWeights();
            facts.Add($"{refitter.GetMissingWeights().Length} of {all.Length} weights missing");
            facts.Add($"{all.Sum(weights => refitter.GetWeightsPrototype(new(weights)).Count):N0} elements");
        });
        Say(() =>
        {
            using var whole = engine.Serialize();
            facts.Add($"serialized {whole.Size:N0}");
        });
        Say(() =>
        {
            using var whole = engine.Serialize([]);
            facts.Add($"serialized with a configuration {whole.Size:N0}");
        });
        Say(() =>
        {
            using var without = engine.Serialize(TrtSerializationFlag.ExcludeWeights);
            facts.Add($"without weights {without.Size:N0}");
        });
        FigureLog.Report("refittable engines", name, string.Join(", ", facts));
        EngineOpener.LacksWeights(engine, plan.Length).ShouldBe(name == EngineNames.Stripped);

        void Say(Action action)
        {
            try
            {
                action();
            }
            catch (TensorRtException e)
            {
                facts.Add($"{e.Function} refused");
            }
        }
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
