using TrtBindings.Backends;

namespace TrtBindings.Parity;

/// <summary>
/// Runs a session and a reference on the same inputs at the smallest, the preferred and the largest sizes of each profile,
/// through that very profile. Where the first dimension of all tensors is the batch, items of it also run alone, and two tests
/// need no reference: equal items get equal answers, and items in another order the same answers in that order.
/// </summary>
/// <param name="model">What the file says.</param>
/// <param name="signature">Its inputs and outputs.</param>
/// <param name="tolerance">What outputs may differ by.</param>
/// <param name="options">Samples, and what is read from the outputs.</param>
internal sealed partial class ParityRuns(
    ModelDescription model, ModelSignature signature, ParityTolerance tolerance, ParityOptions options)
{
    private const string InReverse = ", items in reverse";
    private const string EqualItems = ", equal items";

    private readonly List<OutputParity> _results = [];

    /// <summary>What is read from the outputs and compared too; <see langword="null"/> for nothing.</summary>
    public string? ResultsName { get; } = options.Results?.NameOf(model);

    /// <summary>Compares at all sizes.</summary>
    /// <exception cref="NotSupportedException">A tensor that cannot be made without a class.</exception>
    /// <exception cref="TrtBindingsException">The reference or the session does not run.</exception>
    public IReadOnlyList<OutputParity> Compare(IBackendSession reference, IBackendSession session,
        IReadOnlyList<OptimizationProfile> profiles, CancellationToken cancellationToken)
    {
        foreach (var (profile, sizes) in RunsOf(profiles)) Compare(reference, session, profile, sizes, cancellationToken);
        foreach (var rows in _results.Where(result => result.Part == OutputComparison.RowsPart).GroupBy(result => result.Output))
        {
            if (!rows.All(result => result.Passed && result.Elements == 0)) continue;
            throw new NotSupportedException(
                $"the reference finds nothing in {(options.Samples is null ? "drawn pictures" : "the samples")}, so the rows of "
                + $"'{rows.Key}' say nothing. Give inputs with finds in TensorRtOptions.Parity.Samples");
        }

        return _results;
    }

    /// <summary>
    /// Repeats one of the runs on both, with values inside the model as further outputs. Each of those is measured as a whole,
    /// by its own range.
    /// </summary>
    /// <param name="reference">Gives the values too.</param>
    /// <param name="session">Gives the values too.</param>
    /// <param name="profiles">As in <see cref="Compare(IBackendSession, IBackendSession, IReadOnlyList{OptimizationProfile},
    /// CancellationToken)"/>.</param>
    /// <param name="size">The run, as results name it.</param>
    /// <param name="values">The values.</param>
    /// <param name="cancellationToken">Ends it between two runs.</param>
    public IReadOnlyList<OutputParity> Repeat(IBackendSession reference, IBackendSession session,
        IReadOnlyList<OptimizationProfile> profiles, string size, IReadOnlyList<string> values,
        CancellationToken cancellationToken)
    {
        // The longest that fits: the name of another profile's run begins like that of the first one.
        var (profile, sizes) = RunsOf(profiles).Where(run => IsNamed(run.Values, run.Profile))
            .MaxBy(run => run.Profile.Suffix.Length);
        using var all = InputsOf(sizes);
        using var alone = AloneOf(size, sizes, all);
        var inputs = alone ?? all;
        var batch = inputs.Tensors is [{ Rank: > 0 }, ..] ? (int)inputs.Tensors[0].Lengths[0] : 0;
        if (size.EndsWith(InReverse, StringComparison.Ordinal)) Reorder(inputs, item => batch - 1 - item);
        else if (size.EndsWith(EqualItems, StringComparison.Ordinal)) Reorder(inputs, _ => 0);
        var marked = signature.WithMarked(values);
        using var expected = Run(reference, inputs, marked, cancellationToken);
        using var actual = Run(session, inputs, marked, cancellationToken, profile.Index);
        var own = signature.Outputs.Count;
        var results = RunComparison.Compare(
            size, model, signature, [.. expected.Tensors.Take(own)], [.. actual.Tensors.Take(own)], tolerance);
        for (var i = own; i < expected.Tensors.Count; i++)
        {
            var (one, two) = (expected.Tensors[i], actual.Tensors[i]);
            if (!ElementNumbers.HasNumbers(one)) continue;
            var layout = OutputLayout.Whole(one.Rank > 1 && batch > 1 && one.Lengths[0] == batch);
            results.AddRange(OutputComparison.Compare(size, one, two, layout, tolerance));
        }

        return results;

        bool IsNamed(long[] one, ProfileRun through) => size == Name(one) + through.Suffix
            || size.StartsWith($"{Name(one)}{through.Suffix}, ", StringComparison.Ordinal);
    }

    private IEnumerable<long[]> SizesOf(IReadOnlyList<OptimizationProfile> profiles)
    {
        if (signature.InputDimensions.Count == 0) return [[]];
        return profiles.SelectMany(profile => (long[][])
            [
                Chosen(profile, range => range.Minimum), Chosen(profile, range => range.Optimum),
                Chosen(profile, range => range.Maximum),
            ]).DistinctBy(sizes => string.Join(',', sizes));

        long[] Chosen(OptimizationProfile profile, Func<DimensionRange, long> of)
        {
            var sizes = new long[signature.InputDimensions.Count];
            // Nothing can be compared of an empty tensor.
            foreach (var range in profile.Ranges) sizes[range.Dimension] = Math.Max(1, of(range));
            // Rows of several images would come out mixed; the class refuses such a batch too.
            if (signature.IsInterleaved) sizes[0] = 1;
            return sizes;
        }
    }

    private void Compare(IBackendSession reference, IBackendSession session, ProfileRun profile, long[] sizes,
        CancellationToken cancellationToken)
    {
        using var inputs = InputsOf(sizes);
        using var expected = Run(reference, inputs, signature, cancellationToken);
        using var actual = Run(session, inputs, signature, cancellationToken, profile.Index);
        var size = Name(sizes) + profile.Suffix;
        Add(size, expected, actual);
        AddResults(size, inputs, expected, actual);
        if (!IsBatched(inputs, actual)) return;
        if (profile.AllowsOne(BatchDimension))
            CompareAlone(reference, session, profile, size, sizes, inputs, expected, cancellationToken);
        var batch = (int)inputs.Tensors[0].Lengths[0];
        Reorder(inputs, item => batch - 1 - item);
        using (var turned = Run(session, inputs, signature, cancellationToken, profile.Index))
        {
            Reorder(actual, item => batch - 1 - item);
            Add(size + InReverse, actual, turned);
        }

        Reorder(inputs, _ => 0);
        using var equal = Run(session, inputs, signature, cancellationToken, profile.Index);
        using var first = Run(session, inputs, signature, cancellationToken, profile.Index);
        Reorder(first, _ => 0);
        Add(size + EqualItems, first, equal);
    }

    private void Add(string size, PlainTensors expected, PlainTensors actual) => _results.AddRange(
        RunComparison.Compare(size, model, signature, expected.Tensors, actual.Tensors, tolerance));

    private void AddResults(string size, PlainTensors inputs, PlainTensors expected, PlainTensors actual)
    {
        if (ResultsName is null) return;
        foreach (var result in options.Results!.Compare(model, inputs, expected, actual, tolerance))
        {
            _results.Add(new()
            {
                Output = OutputParity.ResultsName, Part = result.Part, Size = size, Elements = result.Count,
                Largest = result.Largest, Range = result.Range, Agreement = result.Agreement, BatchItem = result.Picture,
                Problem = result.Problem,
            });
        }
    }

    private PlainTensors InputsOf(long[] sizes)
    {
        var inputs = PlainTensors.Inputs(signature, sizes);
        try
        {
            if (options.Samples is { } samples) samples(inputs);
            else SeededInputs.Fill(model, signature, inputs.Tensors);
            return inputs;
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    private static PlainTensors Run(
        IBackendSession session, PlainTensors inputs, ModelSignature outputsOf, CancellationToken cancellationToken,
        int profile = -1)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outputs = PlainTensors.Outputs(outputsOf);
        try
        {
            using var binding = session.Bind(inputs.Tensors, outputs.Tensors, profile);
            binding.Run(cancellationToken);
            return outputs;
        }
        catch
        {
            outputs.Dispose();
            throw;
        }
    }

    private bool IsBatched(PlainTensors inputs, PlainTensors outputs)
    {
        if (signature.InputDimensions.Count == 0 || inputs.Tensors[0].Rank == 0 || inputs.Tensors[0].Lengths[0] < 2) return false;
        var batch = inputs.Tensors[0].Lengths[0];
        var name = signature.Inputs[0].Shape.Dimensions[0].Name;
        return name is not null && signature.Inputs.All(HasIt) && signature.Outputs.All(HasIt)
            && outputs.Tensors.All(tensor => tensor.Rank > 0 && tensor.Lengths[0] == batch);

        bool HasIt(TensorDescription tensor) =>
            tensor.Shape is { IsRanked: true, Rank: > 0 } shape && shape.Dimensions[0].Name == name;
    }

    private static unsafe void Reorder(PlainTensors set, Func<int, int> from)
    {
        foreach (var tensor in set.Tensors)
        {
            var (batch, bytes) = ((int)tensor.Lengths[0], ElementNumbers.Bytes(tensor).ToArray());
            var own = bytes.Length / batch;
            var target = new Span<byte>((void*)tensor.Address, bytes.Length);
            for (var item = 0; item < batch; item++) bytes.AsSpan(from(item) * own, own).CopyTo(target[(item * own)..]);
        }
    }

    private string Name(long[] sizes) => string.Join(',', sizes.Select((size, i) =>
    {
        var dimension = signature.InputDimensions[i];
        return $"{dimension.Name ?? $"{signature.Inputs[dimension.Input].Name}[{dimension.Axis}]"}={size}";
    }));
}
