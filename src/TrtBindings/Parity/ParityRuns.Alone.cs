using TrtBindings.Backends;

namespace TrtBindings.Parity;

/// <content>The profiles that runs go through, and items of a batch that run alone.</content>
internal sealed partial class ParityRuns
{
    /// <summary>Index of the batch among the dynamic dimensions; -1 if the first input has none.</summary>
    private int BatchDimension
    {
        get
        {
            var batch = signature.Inputs[0].Shape.Dimensions[0].Name;
            for (var i = 0; batch is not null && i < signature.InputDimensions.Count; i++)
                if (signature.InputDimensions[i].Name == batch) return i;
            return -1;
        }
    }

    /// <summary>
    /// The sizes of all runs, each with its profile. Two profiles may have the same sizes: kernels are chosen for each by itself.
    /// </summary>
    private IEnumerable<(ProfileRun Profile, long[] Values)> RunsOf(IReadOnlyList<OptimizationProfile> profiles)
    {
        if (signature.InputDimensions.Count == 0) return [(ProfileRun.None, [])];
        var named = new HashSet<string>(StringComparer.Ordinal);
        return profiles.SelectMany((profile, index) => SizesOf([profile]).Select(sizes => (
            new ProfileRun(index, profile, named.Add(Name(sizes)) ? "" : $", profile {index + 1} of {profiles.Count}"), sizes)));
    }

    /// <summary>
    /// Runs the first and the last item of a batch alone, through the same profile and with its other sizes. Each must get the
    /// answer that the reference gives it in the batch. Of a model whose items depend on each other the reference gives another
    /// answer too, and nothing is told.
    /// </summary>
    private void CompareAlone(IBackendSession reference, IBackendSession session, ProfileRun profile, string size, long[] sizes,
        PlainTensors all, PlainTensors expected, CancellationToken cancellationToken)
    {
        long[] alone = [.. sizes];
        alone[BatchDimension] = 1;
        foreach (var item in (int[])[0, (int)all.Tensors[0].Lengths[0] - 1])
        {
            using var inputs = PlainTensors.Inputs(signature, alone);
            CopyItem(all, item, inputs);
            var results = Alone(session, profile.Index);
            if (results.All(result => result.Passed) || Alone(reference, -1).All(result => result.Passed))
                _results.AddRange(results);

            List<OutputParity> Alone(IBackendSession one, int through)
            {
                using var actual = Run(one, inputs, signature, cancellationToken, through);
                // Sizes that follow from the data are those of the whole batch there.
                if (!HaveItemShapes(actual, expected)) return [];
                using var own = Run(one, inputs, signature, cancellationToken, through);
                CopyItem(expected, item, own);
                return RunComparison.Compare(
                    size + ParityRuns.Alone(item), model, signature, own.Tensors, actual.Tensors, tolerance);
            }
        }
    }

    /// <summary>The inputs of a run of one item alone; <see langword="null"/> for another run.</summary>
    private PlainTensors? AloneOf(string size, long[] sizes, PlainTensors all)
    {
        var last = all.Tensors is [{ Rank: > 0 }, ..] ? (int)all.Tensors[0].Lengths[0] - 1 : 0;
        foreach (var item in (int[])[0, last])
        {
            if (!size.EndsWith(Alone(item), StringComparison.Ordinal)) continue;
            long[] alone = [.. sizes];
            alone[BatchDimension] = 1;
            var inputs = PlainTensors.Inputs(signature, alone);
            CopyItem(all, item, inputs);
            return inputs;
        }

        return null;
    }

    private static string Alone(int item) => $", item {item} alone";

    private static bool HaveItemShapes(PlainTensors alone, PlainTensors all) => alone.Tensors.Zip(all.Tensors).All(pair =>
        pair.First.Rank == pair.Second.Rank && pair.First.Rank > 0 && pair.First.Lengths[0] == 1
        && pair.First.Lengths[1..].SequenceEqual(pair.Second.Lengths[1..]));

    private static unsafe void CopyItem(PlainTensors from, int item, PlainTensors to)
    {
        for (var i = 0; i < to.Tensors.Count; i++)
        {
            var bytes = ElementNumbers.Bytes(to.Tensors[i]).Length;
            ElementNumbers.Bytes(from.Tensors[i]).Slice(item * bytes, bytes)
                .CopyTo(new Span<byte>((void*)to.Tensors[i].Address, bytes));
        }
    }
}
