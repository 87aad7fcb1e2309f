using TrtBindings.Cli.Inputs;
using TrtBindings.Cli.Npy;
using TrtBindings.Cli.Running;

namespace TrtBindings.Cli.Comparing;

/// <summary>Gives the same inputs to two models and compares what they answer.</summary>
internal sealed class Comparison(UntypedOnnxModel reference, UntypedOnnxModel other, ParityTolerance tolerance)
{
    /// <summary>Compares one run.</summary>
    /// <param name="run">What the run is, for the results.</param>
    /// <param name="arrays">The inputs of the reference.</param>
    /// <param name="cancellation">Cancelled by Ctrl-C.</param>
    public IEnumerable<ComparedOutput> Compare(
        string run, IReadOnlyDictionary<string, NpyArray> arrays, CancellationToken cancellation)
    {
        var shapes = arrays.ToDictionary(one => one.Key, one => one.Value.Shape);
        using var inputs = reference.AllocateInputs(shapes);
        using var otherInputs = other.AllocateInputs(shapes);
        InputFill.Fill(inputs, arrays);
        InputFill.Fill(otherInputs, arrays);
        using var expected = reference.AllocateOutputs(inputs);
        using var actual = other.AllocateOutputs(otherInputs);
        reference.Run(inputs, expected, cancellation);
        other.Run(otherInputs, actual, cancellation);
        var (left, right) = (TensorRun.ArraysOf(expected), TensorRun.ArraysOf(actual));
        // Results are made while the outputs are there.
        return
        [
            .. ModelParity.Compare(reference.Description, expected, actual, tolerance, run)
                .Select(result => ReportOf(result, run, left, right)),
        ];
    }

    /// <summary>Refuses two models that do not take the same inputs or have other outputs.</summary>
    /// <exception cref="UsageException">They differ; the first difference is named.</exception>
    public void CheckSignatures()
    {
        Check("input", reference.Signature.Inputs, other.Signature.Inputs);
        Check("output", reference.Signature.Outputs, other.Signature.Outputs);
    }

    private static void Check(
        string kind, EquatableArray<TensorDescription> left, EquatableArray<TensorDescription> right)
    {
        var (names, others) = (left.Select(one => one.Name).ToArray(), right.Select(one => one.Name).ToArray());
        if (names.AsSpan().SequenceEqual(others)) return;
        throw new UsageException(
            $"The two files have other {kind}s: {string.Join(", ", left)} against {string.Join(", ", right)}. "
            + "Only files of the same inputs and outputs can be compared.");
    }

    private ComparedOutput ReportOf(OutputParity result, string run, List<(string Name, NpyArray Array)> left,
        List<(string Name, NpyArray Array)> right)
    {
        var at = left.FindIndex(one => one.Name == result.Output);
        var (expected, actual) = (left[at].Array, right[at].Array);
        var isPermuted = !result.Passed && PermutedRows.Are(expected, actual, Math.Max(tolerance.Largest, 1e-6));
        return new()
        {
            Run = run,
            Output = result.Output,
            Part = result.Part,
            Largest = result.Largest,
            Range = result.Range,
            LargestAt = result.LargestAt,
            Expected = result.Expected,
            Actual = result.Actual,
            Mean = result.Mean,
            Cosine = result.Cosine,
            Gain = result.Gain,
            Agreement = result.Agreement,
            FirstDifference = FirstDifference(expected, actual),
            Numbers = NumbersOf(expected),
            IsPermuted = isPermuted,
            Problem = isPermuted
                ? "its rows are those of the reference in another order" : result.Problem,
        };
    }

    /// <summary>Elements that say something: NaN does not.</summary>
    private static long NumbersOf(NpyArray array) => FloatElements.Are(array.Type)
        ? FloatElements.Read(array).LongCount(value => !float.IsNaN(value))
        : array.Shape.Aggregate(1L, (all, length) => all * length);

    /// <summary>The place of the first element whose bits differ; of other types or shapes there is none.</summary>
    private static long[]? FirstDifference(NpyArray left, NpyArray right)
    {
        if (left.Type != right.Type || !left.Shape.AsSpan().SequenceEqual(right.Shape)) return null;
        var size = Math.Max(1, left.Type.BitWidth() / 8);
        var at = left.Type == ElementType.String
            ? Enumerable.Range(0, left.Text.Length).FirstOrDefault(i => left.Text[i] != right.Text[i], -1)
            : left.Bytes.AsSpan().CommonPrefixLength(right.Bytes) is var same && same < left.Bytes.Length ? same / size : -1;
        if (at < 0) return null;
        var place = new long[left.Shape.Length];
        long index = at;
        for (var axis = place.Length - 1; axis >= 0; axis--)
            (place[axis], index) = (index % left.Shape[axis], index / left.Shape[axis]);
        return place;
    }
}
