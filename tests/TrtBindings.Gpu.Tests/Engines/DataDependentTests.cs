using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>Outputs whose size only the run tells.</summary>
public sealed unsafe class DataDependentTests
{
    private const string Engine = "nonzero_dds";
    private const int Rows = 64;
    private const int Columns = 64;

    [SkippableFact]
    public void Counts_of_0_1_and_many_growing_and_shrinking_are_right()
    {
        using var engine = ReadyEngine.Load(Engine);
        using var inputs = engine.Model.CreateInputs(Rows, Columns);
        using var outputs = engine.Model.CreateOutputsOfSize(1);
        foreach (var count in (int[])[0, 1, 5, 100, Rows * Columns, 100, 5, 1, 0, 0, Rows * Columns, 1, 17, 16, 17])
        {
            FillWithNonZeros(inputs, count);
            InputFormula.Poison(outputs);
            engine.Model.Run(inputs, outputs);
            Check(outputs, count);
        }

        FigureLog.Report("data-dependent output", "counts of 0, 1, 5, 100, 4096 and back", "all right");
    }

    [SkippableFact]
    public void A_generated_class_gets_what_is_not_zero()
    {
        var entry = ReadyEngine.Require(Engine);
        using var model = Nonzeros.LoadEngine(entry.PlanPath(), ModelOptions.Require(BackendKind.TensorRT));
        using var inputs = model.AllocateInputs(d1: 4, d2: 4);
        using var outputs = model.AllocateOutputs();
        inputs.Data.Span.Clear();
        (inputs.Data.Span[3], inputs.Data.Span[11]) = (7, -2);
        model.Run(inputs, outputs);
        outputs.Output.Span.ToArray().ShouldBe([7, -2]);
    }

    /// <summary>So many values that are not zero, spread over the input.</summary>
    private static void FillWithNonZeros(UntypedModel.Inputs inputs, int count)
    {
        var values = new Span<float>((void*)inputs.Tensors[0].Address, Rows * Columns);
        values.Clear();
        for (var i = 0; i < count; i++) values[(int)((long)i * values.Length / count)] = i + 1;
    }

    private static void Check(UntypedModel.Outputs outputs, int count)
    {
        var output = outputs.Tensors[0];
        TensorValues.ShapeOf(output).ShouldBe([count]);
        TensorValues.Of(output).ShouldBe([.. Enumerable.Range(1, count).Select(value => (double)value)]);
    }
}
