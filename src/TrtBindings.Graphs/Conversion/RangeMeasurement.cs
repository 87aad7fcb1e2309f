using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// The largest magnitude of every floating-point value of the main graph on samples. Each value is reduced to one number inside
/// ONNX Runtime, so that a run needs little more memory than any run.
/// </summary>
internal static class RangeMeasurement
{
    /// <summary>Measures the model as it is now.</summary>
    /// <param name="draft">The model, in 32 bits.</param>
    /// <param name="target">A copy with ranges as outputs is written beside it, and removed again.</param>
    /// <param name="samples">At least one.</param>
    /// <param name="steps">Gets every sample, and ends the work.</param>
    /// <exception cref="ModelConversionException">ONNX Runtime does not run the model on them.</exception>
    public static Dictionary<Value, float> Measure(
        Draft draft, string target, IReadOnlyList<ModelSample> samples, ConversionSteps steps)
    {
        var ranges = new Dictionary<Value, float>();
        using var probe = new ActivationProbe(draft, target, ActivationProbe.Candidates(draft)
            .Where(value => value.Type == ElementType.Float).Select(value => (value, ProbedFact.Largest)), steps.Cancellation);
        steps.Begin(ConversionPhase.Measuring, samples.Count);
        foreach (var sample in samples)
        {
            probe.Run(sample, (value, _, numbers) =>
                ranges[value] = Math.Max(ranges.GetValueOrDefault(value), numbers[0]));
            steps.Next();
        }

        return ranges;
    }
}
