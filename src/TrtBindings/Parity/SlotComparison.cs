using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Parity;

/// <summary>
/// Compares the outputs of a Mask R-CNN: boxes, classes, scores and masks of its finds stand in slots of several outputs, and
/// rounding decides the order of the slots. So finds are matched as sets, and the slots of all outputs are put into that order.
/// </summary>
internal sealed class SlotComparison
{
    /// <summary>Exporters leave finds of lower scores out.</summary>
    private const float UsualEnd = 0.05f;

    /// <summary>Scores below a hundredth of it decide nothing.</summary>
    private const double ScoreFloor = 0.05;

    private readonly MaskRcnnRoles _roles;
    private readonly IReadOnlyList<TensorBuffer> _expected;
    private readonly IReadOnlyList<TensorBuffer> _actual;
    private readonly int _slots;

    private SlotComparison(MaskRcnnRoles roles, IReadOnlyList<TensorBuffer> expected, IReadOnlyList<TensorBuffer> actual)
    {
        (_roles, _expected, _actual) = (roles, expected, actual);
        _slots = (int)expected[roles.Scores].Lengths[^1];
    }

    /// <summary>
    /// The comparison of a Mask R-CNN's outputs; <see langword="null"/> for another model, and where types or shapes differ,
    /// which is said output by output.
    /// </summary>
    public static SlotComparison? Of(ModelDescription model, ModelSignature signature, IReadOnlyList<TensorBuffer> expected,
        IReadOnlyList<TensorBuffer> actual)
    {
        var match = ParityFamily.Of(model, signature);
        if (match is not { Problem: null } || match.Rule != MaskRcnnRule.Instance) return null;
        var roles = MaskRcnnRoles.All.Single(one => one.Form == match.Form);
        if (expected.Count != roles.Outputs || expected.Count != actual.Count) return null;
        for (var i = 0; i < expected.Count; i++)
        {
            if (!expected[i].Lengths.SequenceEqual(actual[i].Lengths) || expected[i].ElementCount == 0) return null;
            var areFloats = i == roles.Boxes || i == roles.Scores || i == roles.Masks;
            foreach (var tensor in (TensorBuffer[])[expected[i], actual[i]])
                if (ElementNumbers.AreFloats(ElementNumbers.TypeOf(tensor)) != areFloats) return null;
        }

        return new(roles, expected, actual);
    }

    /// <summary>Compares them.</summary>
    /// <param name="size">The sizes of the run.</param>
    /// <param name="layouts">The layout of each output.</param>
    /// <param name="tolerance">What they may differ by.</param>
    public List<OutputParity> Compare(string size, OutputLayout[] layouts, ParityTolerance tolerance)
    {
        // Box, score and class.
        var kind = new RowKind([0, 1, 2, 3], [4], 5);
        var (left, right) = (RowsOf(_expected), RowsOf(_actual));
        var (partners, found) = RowMatcher.Match(_slots, 6, left, right, kind, tolerance, EndOf(left, right));
        var results = new List<OutputParity>();
        foreach (var output in (int[])[_roles.Boxes, _roles.Scores, _roles.Masks])
        {
            var (one, two) = (_expected[output], _actual[output]);
            var columns = (int)(one.ElementCount / partners.Length);
            var (reference, values) = RowMatcher.Pair(
                partners, _slots, columns, ElementNumbers.Floats(one), ElementNumbers.Floats(two));
            var layout = output == _roles.Scores ? OutputLayout.Whole(layouts[output].IsBatched, "scores", ScoreFloor)
                : OutputLayout.Whole(layouts[output].IsBatched, output == _roles.Boxes ? "boxes" : "masks");
            results.AddRange(TensorComparison.Compare(one.Name, size, one.Lengths, reference, values, layout, tolerance));
        }

        if (_roles.Size >= 0)
        {
            results.AddRange(OutputComparison.Compare(
                size, _expected[_roles.Size], _actual[_roles.Size], layouts[_roles.Size], tolerance));
        }

        results.Add(OutputComparison.Rows(_expected[_roles.Boxes].Name, size, partners, found, tolerance));
        return results;
    }

    /// <summary>A row for each slot. Behind the count of finds slots hold anything, and get no score.</summary>
    private float[] RowsOf(IReadOnlyList<TensorBuffer> outputs)
    {
        var boxes = ElementNumbers.Floats(outputs[_roles.Boxes]);
        var scores = ElementNumbers.Floats(outputs[_roles.Scores]);
        var rows = new float[scores.Length * 6];
        for (var i = 0; i < scores.Length; i++)
        {
            boxes.Slice(4 * i, 4).CopyTo(rows.AsSpan(6 * i));
            var isFind = _roles.Count < 0 || i % _slots < NumberAt(outputs[_roles.Count], i / _slots);
            rows[(6 * i) + 4] = isFind ? scores[i] : 0;
            rows[(6 * i) + 5] = (float)NumberAt(outputs[_roles.Labels], i);
        }

        return rows;
    }

    /// <summary>The lowest score of a find, or that from which on exporters keep finds.</summary>
    private static float EndOf(float[] left, float[] right)
    {
        var end = UsualEnd;
        foreach (var rows in (float[][])[left, right])
            for (var i = 4; i < rows.Length; i += 6)
                if (rows[i] > 0) end = Math.Min(end, rows[i]);
        return end;
    }

    private static double NumberAt(TensorBuffer tensor, int index)
    {
        var type = ElementNumbers.TypeOf(tensor);
        return ElementNumbers.Integer(ElementNumbers.Bytes(tensor)[(index * type.BitWidth() / 8)..], type);
    }
}
