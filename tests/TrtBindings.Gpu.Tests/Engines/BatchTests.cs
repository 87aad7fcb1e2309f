using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>Batches of every size and in any order: each item is what it is alone, and nothing is left of another run.</summary>
public sealed class BatchTests
{
    private const string Group = "items of batches against runs of one";
    private const int RandomRuns = 64;

    [SkippableTheory]
    [InlineData("vit_n1-32_fp32", 32)]
    [InlineData("vit_n1-32_fp16", 32)]
    [InlineData("yoloseg_n1-8_fp32", 8)]
    [InlineData("yoloseg_n1-8_fp16", 8)]
    public void Every_item_of_a_batch_equals_its_run_alone(string name, int most)
    {
        using var engine = ReadyEngine.Load(name);
        var alone = new ItemResults(engine, most);
        using var inputs = engine.Model.CreateInputs(most);
        using var outputs = engine.Model.CreateOutputs(most);
        var random = new Random(5);
        var sizes = Enumerable.Range(1, most).ToList();
        sizes.AddRange(Enumerable.Range(1, most).Reverse());
        for (var i = 0; i < RandomRuns; i++) sizes.Add(random.Next(1, most + 1));

        var worst = 0.0;
        foreach (var size in sizes)
        {
            // Each batch begins with another picture, so that an item of the run before is never right by chance.
            var first = random.Next(most);
            inputs.Resize(size);
            for (var item = 0; item < size; item++) alone.Write((first + item) % most, inputs, item);
            InputFormula.Poison(outputs);
            engine.Model.Run(inputs, outputs);
            worst = Math.Max(worst, alone.Compare(outputs, size, first));
        }

        FigureLog.Check(Group, $"{name}, batches of 1 to {most}, {sizes.Count} runs",
            FigureLog.Text(worst, "of what is allowed", 3),
            name.EndsWith("fp32", StringComparison.Ordinal) ? "1e-5 of the largest value" : "the recorded error", worst <= 1);
    }
}
