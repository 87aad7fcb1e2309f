using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Parity;

/// <summary>What the outputs of a model hold, by its family.</summary>
internal static class OutputLayouts
{
    /// <summary>Scores below a hundredth of it decide nothing.</summary>
    private const double ScoreFloor = 0.05;

    /// <summary>From this score on an anchor is a find, and its class counts.</summary>
    private const double Find = 0.25;

    /// <summary>Fewer numbers say too little about a channel.</summary>
    private const long LeastElements = 16;

    /// <summary>The layout of each output.</summary>
    /// <param name="model">What the file says.</param>
    /// <param name="signature">Its inputs and outputs.</param>
    /// <param name="shapes">The shape of each output in a run.</param>
    public static OutputLayout[] Of(ModelDescription model, ModelSignature signature, IReadOnlyList<long[]> shapes)
    {
        var match = ParityFamily.Of(model, signature);
        var layouts = new OutputLayout[shapes.Count];
        for (var i = 0; i < layouts.Length; i++)
        {
            var isBatched = IsBatched(signature, i, shapes[i]);
            layouts[i] = match is null ? Unknown(shapes[i], isBatched) : Known(match, i, shapes[i], isBatched);
        }

        return layouts;
    }

    /// <summary>Whether the first axis of an output is that of the first input.</summary>
    public static bool IsBatched(ModelSignature signature, int output, long[] shape)
    {
        if (signature.IsInterleaved || shape.Length < 2 || signature.Inputs.Count == 0) return false;
        var (taken, given) = (signature.Inputs[0].Shape, signature.Outputs[output].Shape);
        if (!taken.IsRanked || !given.IsRanked || taken.Rank == 0 || given.Rank < 2) return false;
        return taken.Dimensions[0].IsFixed ? taken.Dimensions[0].Value == shape[0] && shape[0] > 1
            : taken.Dimensions[0].Name is { } name && given.Dimensions[0].Name == name;
    }

    private static OutputLayout Known(FamilyMatch match, int output, long[] shape, bool isBatched)
    {
        if (match.Rule == ClassificationRule.Instance && shape.Length >= 2)
        {
            return new(1, [new("", All(shape[1]), Decides: double.NegativeInfinity)], isBatched);
        }

        if (match.Rule == SemanticSegmentationRule.Instance && shape.Length == 4 && shape[1] > 1)
            return new(1, [new("", All(shape[1]), Decides: double.NegativeInfinity)], isBatched);
        if (match.Rule == ScrfdRule.Instance)
        {
            return shape[^1] switch
            {
                1 => OutputLayout.Whole(isBatched, "scores", ScoreFloor),
                4 => OutputLayout.Whole(isBatched, "boxes"),
                _ => OutputLayout.Whole(isBatched, "key points"),
            };
        }

        if (shape.Length == 3 && output == 0 && match.Rule == RtDetrRule.Instance) return RtDetr(match, shape, isBatched);
        return shape.Length == 3 && output == 0 && match.Rule is YoloRule rule
            ? Yolo(rule, match, shape, isBatched) : Unknown(shape, isBatched);
    }

    private static OutputLayout RtDetr(FamilyMatch match, long[] shape, bool isBatched) => match.Form == "Rows"
        ? new(2, [new("boxes", [0, 1, 2, 3]), new("scores", [4], ScoreFloor)], isBatched) { Rows = new([0, 1, 2, 3], [4], 5) }
        : new(2, [new("boxes", [0, 1, 2, 3]), new("scores", From(4, shape[2]), ScoreFloor, Find)], isBatched)
        {
            Rows = new([0, 1, 2, 3], From(4, shape[2]), -1),
        };

    private static OutputLayout Yolo(YoloRule rule, FamilyMatch match, long[] shape, bool isBatched)
    {
        var head = YoloHead.Of(match.Form);
        var axis = head.HasRows ? 2 : 1;
        var (first, end) = (4, shape[axis]);
        var parts = new List<OutputPart> { new("boxes", [0, 1, 2, 3]) };
        if (!head.HasScores)
        {
            parts.Add(new("scores", [4], ScoreFloor));
            AddOthers(parts, rule, match, 6, end);
            return new(axis, parts, isBatched) { Rows = new([0, 1, 2, 3], [4], 5) };
        }

        if (head.Fixed == 5) parts.Add(new("objectness", [first++], ScoreFloor));
        var classes = match.ClassCount ?? end - first;
        parts.Add(new("scores", From(first, first + classes), ScoreFloor, Find));
        AddOthers(parts, rule, match, first + classes, end);
        return new(axis, parts, isBatched);
    }

    /// <summary>What the task adds: coefficients, an angle, or key points with how certain each is.</summary>
    private static void AddOthers(List<OutputPart> parts, YoloRule rule, FamilyMatch match, long from, long end)
    {
        if (from >= end) return;
        var values = match.Numbers.FirstOrDefault(number => number.Name == "KeyPointValues").Value;
        if (rule != YoloRule.Pose || values != 3)
        {
            var name = rule == YoloRule.Pose ? "key points" : rule == YoloRule.Obb ? "angles" : "mask coefficients";
            parts.Add(new(name, From(from, end), Period: rule == YoloRule.Obb ? Math.PI : 0));
            return;
        }

        parts.Add(new("key points", [.. From(from, end).Where(channel => (channel - from) % 3 < 2)]));
        parts.Add(new("visibility", [.. From(from, end).Where(channel => (channel - from) % 3 == 2)], ScoreFloor));
    }

    /// <summary>
    /// Channels along the second axis, or along the third of a long list, each measured by itself: nobody said that they are
    /// alike.
    /// </summary>
    private static OutputLayout Unknown(long[] shape, bool isBatched)
    {
        if (shape.Length < 3) return OutputLayout.Whole(isBatched);
        var axis = shape.Length == 3 && shape[1] > shape[2] ? 2 : 1;
        long all = 1;
        foreach (var length in shape) all *= length;
        var ofItem = isBatched && shape[0] > 0 ? all / shape[0] : all;
        return shape[axis] < 2 || ofItem / shape[axis] < LeastElements
            ? OutputLayout.Whole(isBatched) : new(axis, [], isBatched);
    }

    private static int[] All(long count) => From(0, count);

    private static int[] From(long first, long end) => [.. Enumerable.Range((int)first, (int)Math.Max(end - first, 0))];
}
