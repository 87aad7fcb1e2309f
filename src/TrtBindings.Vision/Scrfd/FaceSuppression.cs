namespace TrtBindings.Vision.Scrfd;

/// <summary>
/// InsightFace's greedy suppression: in falling order of score, a face is kept if its intersection over union with every face
/// kept before is at most the threshold. Widths and heights are x2 - x1 + 1 and y2 - y1 + 1.
/// </summary>
internal static class FaceSuppression
{
    /// <summary>Selects faces; <paramref name="kept"/> has room for all.</summary>
    /// <returns>Number of faces kept, in falling order of score.</returns>
    public static int Run(ScrfdDecoder faces, float iou, Span<FaceDetection> kept)
    {
        var count = 0;
        for (var i = 0; i < faces.Count; i++)
        {
            ref readonly var face = ref faces[i];
            if (!IsSuppressed(face.Box, kept[..count], iou)) kept[count++] = face;
        }

        return count;
    }

    /// <summary>Intersection over union of boxes that are counted one pixel wider and higher.</summary>
    public static float Overlap(in Box left, in Box right)
    {
        var width = MathF.Max(0, MathF.Min(left.X2, right.X2) - MathF.Max(left.X1, right.X1) + 1);
        var height = MathF.Max(0, MathF.Min(left.Y2, right.Y2) - MathF.Max(left.Y1, right.Y1) + 1);
        var intersection = width * height;
        return intersection / (Area(left) + Area(right) - intersection);
    }

    private static float Area(in Box box) => (box.X2 - box.X1 + 1) * (box.Y2 - box.Y1 + 1);

    private static bool IsSuppressed(in Box box, ReadOnlySpan<FaceDetection> kept, float iou)
    {
        foreach (ref readonly var better in kept)
            // NaN suppresses, as it does in InsightFace.
            if (!(Overlap(better.Box, box) <= iou)) return true;
        return false;
    }
}
