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
/// <param name="samples">Fills the inputs; <see langword="null"/> takes drawn ones.</param>
internal sealed partial class ParityRuns(
    ModelDescription model, ModelSignature signature, ParityTolerance tolerance, Action<TensorSet>? samples)
{
    private readonly List<OutputParity> _results = [];

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
                $"the reference finds nothing in {(samples is null ? "drawn pictures" : "the samples")}, so the rows of "
                + $"'{rows.Key}' say nothing. Give inputs with finds in TensorRtOptions.Parity.Samples");
        }

        return _results;
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
        using var inputs = PlainTensors.Inputs(signature, sizes);
        if (samples is not null) samples(inputs);
        else SeededInputs.Fill(model, signature, inputs.Tensors);
        using var expected = Run(reference, inputs, cancellationToken);
        using var actual = Run(session, inputs, cancellationToken, profile.Index);
        var size = Name(sizes) + profile.Suffix;
        Add(size, expected, actual);
        if (!IsBatched(inputs, actual)) return;
        if (profile.AllowsOne(BatchDimension))
            CompareAlone(reference, session, profile, size, sizes, inputs, expected, cancellationToken);
        var batch = (int)inputs.Tensors[0].Lengths[0];
        Reorder(inputs, item => batch - 1 - item);
        using (var turned = Run(session, inputs, cancellationToken, profile.Index))
        {
            Reorder(actual, item => batch - 1 - item);
            Add($"{size}, items in reverse", actual, turned);
        }

        Reorder(inputs, _ => 0);
        using var equal = Run(session, inputs, cancellationToken, profile.Index);
        using var first = Run(session, inputs, cancellationToken, profile.Index);
        Reorder(first, _ => 0);
        Add($"{size}, equal items", first, equal);
    }

    private void Add(string size, PlainTensors expected, PlainTensors actual) => _results.AddRange(
        RunComparison.Compare(size, model, signature, expected.Tensors, actual.Tensors, tolerance));

    private PlainTensors Run(
        IBackendSession session, PlainTensors inputs, CancellationToken cancellationToken, int profile = -1)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outputs = PlainTensors.Outputs(signature);
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
