using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Calibration;

/// <summary>
/// Measures a model on samples: one sample and one group of tensors in memory at a time, of each tensor a histogram.
/// </summary>
/// <param name="draft">The model, in the form in which the ranges are needed.</param>
/// <param name="target">A copy with activations as outputs is written beside it, and removed again.</param>
/// <param name="samples">Inputs. They are enumerated once for their sizes, up to the first, and once for each group.</param>
/// <param name="steps">Gets every sample, and ends the work.</param>
internal sealed class Calibrator(Draft draft, string target, IEnumerable<ModelSample> samples, ConversionSteps steps)
{
    /// <summary>
    /// Numbers that leave ONNX Runtime in one run, 256 MiB, by the sizes of the first sample. A tensor with more is a group of
    /// its own.
    /// </summary>
    public const long NumbersInGroup = 64L << 20;

    private readonly Dictionary<Value, float> _largest = [];
    private readonly Dictionary<string, MagnitudeHistogram> _histograms = [];
    private CalibrationMethod _method;

    /// <summary>Samples that were run.</summary>
    public int Samples { get; private set; }

    /// <summary>The most numbers in a group; smaller in tests.</summary>
    public long GroupSize { get; init; } = NumbersInGroup;

    /// <summary>
    /// For tensors that share a scale the name of one of them, the same for all: the numbers of all of them are in one histogram,
    /// and the method chooses one range from it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Shared { get; init; } = new Dictionary<string, string>();

    /// <summary>Groups that the tensors were divided into.</summary>
    public int Groups { get; private set; }

    /// <summary>Runs all samples.</summary>
    /// <param name="tensors">Names of values of the main graph that need a range.</param>
    /// <param name="method">The method.</param>
    /// <param name="percentile">Of <see cref="CalibrationMethod.Percentile"/>.</param>
    /// <param name="type">What the tensors become.</param>
    /// <returns>The range of each tensor, and the largest magnitude of every value that could be measured.</returns>
    /// <exception cref="ModelConversionException">ONNX Runtime does not run the model on them.</exception>
    /// <exception cref="ModelOptionException">There are none, they cannot be read twice, or they are noise.</exception>
    public IReadOnlyList<CalibratedTensor> Run(
        IReadOnlyList<string> tensors, CalibrationMethod method, double percentile, ElementType type)
    {
        _method = method;
        var candidates = ActivationProbe.Candidates(draft).ToList();
        var wanted = tensors.ToHashSet();
        var values = candidates.Where(value => wanted.Contains(value.Name)).ToList();
        Measure([.. candidates.Select(value => (value, ProbedFact.Largest))],
            method == CalibrationMethod.MinMax ? [] : Grouped(values));
        // The largest of infinity or NaN is no range; a histogram leaves them out.
        if (method == CalibrationMethod.MinMax && values.Where(IsBroken).ToList() is { Count: > 0 } broken)
            Measure([], Grouped(broken));
        var choice = new RangeChoice(method, percentile, type);
        return
        [
            .. candidates.Where(_largest.ContainsKey).Select(value => new CalibratedTensor(
                value.Name, _largest[value], method, !wanted.Contains(value.Name) ? null
                    : _histograms.TryGetValue(KeyOf(value), out var histogram) ? choice.Of(histogram) : _largest[value])),
        ];
    }

    private bool IsBroken(Value value) => _largest.TryGetValue(value, out var largest) && !float.IsFinite(largest);

    /// <summary>One pass over the samples for each group, and at least one.</summary>
    private void Measure(List<(Value Value, ProbedFact Fact)> ranges, List<List<Value>> groups)
    {
        Groups = groups.Count;
        var passes = Math.Max(groups.Count, 1);
        for (var i = 0; i < passes; i++)
        {
            // A query does not say how many it gives before it was read once.
            var known = Samples > 0 || !samples.TryGetNonEnumeratedCount(out var given) ? Samples : given;
            steps.Begin(ConversionPhase.Measuring, known * passes, known * i);
            var numbers = i < groups.Count ? groups[i].Select(value => (value, ProbedFact.Numbers)) : [];
            var (check, count) = (new SampleCheck(), 0);
            using (var probe = new ActivationProbe(draft, target, i == 0 ? ranges.Concat(numbers) : numbers,
                steps.Cancellation))
            {
                foreach (var sample in samples)
                {
                    SampleCheck.RefuseOther(sample, draft.File);
                    check.Look(sample);
                    probe.Run(sample, Take);
                    count++;
                    steps.Next();
                }
            }

            if (count == 0) throw NoSamples(groups.Count > 0);
            if (i == 0) check.RefuseNoise();
            Samples = count;
        }
    }

    private void Take(Value value, ProbedFact fact, ReadOnlySpan<float> numbers)
    {
        if (fact == ProbedFact.Largest)
        {
            _largest[value] = Math.Max(_largest.GetValueOrDefault(value), numbers[0]);
            return;
        }

        var key = KeyOf(value);
        if (!_histograms.TryGetValue(key, out var histogram)) _histograms[key] = histogram = new();
        histogram.Add(numbers);
    }

    /// <summary>The largest of all numbers is the largest of the ranges, so that MinMax shares no histogram.</summary>
    private string KeyOf(Value value) =>
        _method == CalibrationMethod.MinMax ? value.Name : Shared.GetValueOrDefault(value.Name, value.Name);

    /// <summary>Tensors in groups of at most <see cref="GroupSize"/> numbers, by the sizes that the first sample gives.</summary>
    private List<List<Value>> Grouped(List<Value> values)
    {
        var sizes = new Dictionary<Value, long>();
        var sample = samples.FirstOrDefault() ?? throw NoSamples(false);
        SampleCheck.RefuseOther(sample, draft.File);
        using (var probe = new ActivationProbe(draft, target, values.Select(value => (value, ProbedFact.Size)),
            steps.Cancellation))
            probe.Run(sample, (value, _, numbers) => sizes[value] = (long)numbers[0]);
        var groups = new List<List<Value>>();
        var filled = GroupSize;
        foreach (var value in values.Where(sizes.ContainsKey))
        {
            if (groups.Count == 0 || filled + sizes[value] > GroupSize)
            {
                groups.Add([]);
                filled = 0;
            }

            groups[^1].Add(value);
            filled += sizes[value];
        }

        return groups;
    }

    private static ModelOptionException NoSamples(bool secondTime) => new("QuantizationOptions.Samples", secondTime
        ? "The samples can be enumerated only once. Calibration needs them several times: give a list, or a query that "
            + "begins anew."
        : "There are no samples to calibrate on. Give typical prepared pictures in QuantizationOptions.Samples, or the path of a "
            + "calibration table in QuantizationOptions.CalibrationTable.");
}
