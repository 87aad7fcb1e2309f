using System.Globalization;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>Runs a case of the manifest and compares everything that it says.</summary>
internal static class CaseCheck
{
    /// <summary>Of the largest value: what is always allowed.</summary>
    private const double AlwaysAllowed = 1e-5;

    /// <summary>Fills, poisons, runs and compares.</summary>
    /// <returns>The largest difference of each output that was compared, in parts of what is allowed.</returns>
    public static double Run(ReadyEngine engine, ManifestCase entry, UntypedModel.Inputs inputs, UntypedModel.Outputs outputs)
    {
        FillAndPoison(entry, inputs, outputs);
        engine.Model.Run(inputs, outputs);
        return Compare(engine.Entry, entry, outputs);
    }

    /// <summary>A case's inputs, and outputs that a run must write whole.</summary>
    public static void FillAndPoison(ManifestCase entry, ModelInputs inputs, ModelOutputs outputs)
    {
        foreach (var tensor in inputs.Tensors) InputFormula.Fill(tensor, entry.InputKind);
        InputFormula.Poison(outputs);
    }

    /// <summary>Compares outputs with a case.</summary>
    public static double Compare(ManifestEngine engine, ManifestCase entry, ModelOutputs outputs)
    {
        var worst = 0.0;
        entry.Outputs.Count.ShouldBe(outputs.Tensors.Count, $"{engine}, {entry}: the number of outputs");
        foreach (var tensor in outputs.Tensors)
        {
            var result = entry.Outputs[tensor.Name];
            var what = $"{engine}, {entry}, output '{tensor.Name}'";
            TensorValues.ShapeOf(tensor).ShouldBe(result.Shape, what);
            var values = TensorValues.Of(tensor);
            values.Any(double.IsNaN).ShouldBeFalse($"{what} has values that were never written");
            worst = Math.Max(worst, Compare(result, values, what));
        }

        return worst;
    }

    /// <summary>What an output may differ from its reference: twice what was seen, or always 1e-5 of the largest value.</summary>
    public static double Allowed(ManifestResult result, double largest) =>
        Math.Max(2 * (result.MaxAbsErrorToOrtCpu ?? 0), AlwaysAllowed * largest);

    private static double Compare(ManifestResult result, double[] values, string what)
    {
        if (ManifestEngine.Reference(result) is { } reference)
        {
            reference.Shape.ShouldBe(result.Shape, $"{what}: the reference's own shape");
            var expected = reference.Values();
            var difference = TensorValues.LargestDifference(values, expected);
            return Check(difference, Allowed(result, TensorValues.LargestOf(expected)));
        }

        // The values were left out; the largest one was not.
        var largest = result.RefMaxAbs ?? 0;
        return Check(Math.Abs(TensorValues.LargestOf(values) - largest), Allowed(result, largest));

        double Check(double difference, double allowed)
        {
            difference.ShouldBeLessThanOrEqualTo(allowed, string.Create(CultureInfo.InvariantCulture,
                $"{what} differs by {difference:G4} and may by {allowed:G4}"));
            return allowed == 0 ? 0 : difference / allowed;
        }
    }
}
