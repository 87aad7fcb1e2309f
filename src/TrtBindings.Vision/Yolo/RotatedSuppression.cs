namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Ultralytics' suppression of oriented boxes, which is not greedy: a box is dropped if any better one of its class overlaps it
/// by more than the threshold, even one that is dropped itself. Keeps its buffers. Not thread-safe.
/// </summary>
/// <remarks>Boxes are moved by their class, as in <see cref="NonMaximumSuppression"/>.</remarks>
internal sealed class RotatedSuppression
{
    private GaussianBox[] _boxes = [];
    private int[] _classes = [];

    /// <summary>Selects from sorted candidates.</summary>
    /// <param name="output">A dense output whose last row is an angle.</param>
    /// <param name="keys">The keys of <see cref="DenseDecoder"/>.</param>
    /// <param name="iou">The threshold.</param>
    /// <param name="agnostic">Whether a box also suppresses boxes of other classes.</param>
    /// <param name="kept">Takes the candidates that are kept, in order; its length is the most that are kept.</param>
    /// <returns>Number of candidates kept.</returns>
    public int Run(in YoloOutput output, ReadOnlySpan<ulong> keys, float iou, bool agnostic, Span<Candidate> kept)
    {
        if (_boxes.Length < keys.Length) (_boxes, _classes) = (new GaussianBox[keys.Length], new int[keys.Length]);
        var farthest = GaussianBox.DistanceOf(iou);
        var count = 0;
        for (var i = 0; i < keys.Length && count < kept.Length; i++)
        {
            var candidate = DenseDecoder.Read(output, keys[i]);
            var (box, offset) = (
                output.OrientedBoxAt(candidate.Source), NonMaximumSuppression.OffsetOf(candidate.ClassIndex, agnostic));
            _boxes[i] = new(box with { CentreX = box.CentreX + offset, CentreY = box.CentreY + offset });
            _classes[i] = candidate.ClassIndex;
            if (!IsSuppressed(i, iou, farthest, agnostic)) kept[count++] = candidate;
        }

        return count;
    }

    private bool IsSuppressed(int index, float iou, double farthest, bool agnostic)
    {
        ref readonly var box = ref _boxes[index];
        for (var better = 0; better < index; better++)
        {
            if (!agnostic && _classes[better] != _classes[index]) continue;
            // Most pairs are far apart, and the exact overlap takes a logarithm.
            if (_boxes[better].IsFartherThan(box, farthest)) continue;
            if (_boxes[better].ProbabilisticIou(box) > iou) return true;
        }

        return false;
    }
}
