namespace TrtBindings.Vision.Tests.Parity;

/// <summary>Reads the dense head of a YOLO model: [rows, anchors].</summary>
internal static class DenseHead
{
    public static int BestAnchor(ReadOnlySpan<float> values, int anchors, int first, int end)
    {
        var (most, best) = (float.NegativeInfinity, 0);
        for (var anchor = 0; anchor < anchors; anchor++)
            for (var row = first; row < end; row++)
                if (values[(row * anchors) + anchor] > most) (most, best) = (values[(row * anchors) + anchor], anchor);
        return best;
    }

    public static int ClassAt(ReadOnlySpan<float> values, int anchors, int anchor, int first, int end)
    {
        var best = first;
        for (var row = first; row < end; row++)
            if (values[(row * anchors) + anchor] > values[(best * anchors) + anchor]) best = row;
        return best;
    }

    public static Box BoxAt(ReadOnlySpan<float> values, int anchors, int anchor) => Box.FromCentre(
        values[anchor], values[anchors + anchor], values[(2 * anchors) + anchor], values[(3 * anchors) + anchor]);

    public static float Max(ReadOnlySpan<float> values) => values[IndexOfMax(values)];

    public static int IndexOfMax(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }
}
