using System.Numerics;

namespace TrtBindings.Vision.Scrfd;

/// <summary>
/// Collects the faces of one image from the strides of an SCRFD model. Keeps its buffers. Not thread-safe.
/// </summary>
/// <remarks>
/// An anchor is at (column * stride, row * stride), without half a cell. Outputs times stride are distances from it, to the edges
/// of the box and to the key points. Both are then divided by the image's scale. (InsightFace's <c>scrfd.py</c>.)
/// </remarks>
internal sealed class ScrfdDecoder
{
    private FaceDetection[] _faces = [];
    private ulong[] _order = [];
    private int _count;

    /// <summary>Begins another image.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds the faces of one stride.</summary>
    /// <param name="scores">One for each anchor: row by row, column by column, anchor by anchor.</param>
    /// <param name="boxes">4 for each anchor.</param>
    /// <param name="keyPoints">10 for each anchor, or none.</param>
    /// <param name="columns">Cells of a row.</param>
    /// <param name="anchors">Anchors of a cell.</param>
    /// <param name="stride">Input pixels from one cell to the next.</param>
    /// <param name="scale">Input pixels for one image pixel.</param>
    /// <param name="confidence">Scores of this or more count.</param>
    public void Add(
        ReadOnlySpan<float> scores, ReadOnlySpan<float> boxes, ReadOnlySpan<float> keyPoints, int columns, int anchors,
        int stride, float scale, float confidence)
    {
        for (var row = 0; row < scores.Length; row++)
        {
            if (!(scores[row] >= confidence)) continue;
            if (_count == _faces.Length) Grow();
            var cell = row / anchors;
            var centre = new Vector2(cell % columns * stride, cell / columns * stride);
            _faces[_count] = new(
                scores[row], BoxAt(boxes.Slice(4 * row, 4), centre, stride, scale),
                keyPoints.IsEmpty ? null : PointsAt(keyPoints.Slice(10 * row, 10), centre, stride, scale));
            // Adding 0 turns -0, which would sort wrongly, into 0.
            _order[_count] = ((ulong)~BitConverter.SingleToUInt32Bits(scores[row] + 0f) << 32) | (uint)_count;
            _count++;
        }
    }

    /// <summary>Number of faces.</summary>
    public int Count => _count;

    /// <summary>Sorts by falling score; of equal scores the face added first comes first.</summary>
    public void Sort() => _order.AsSpan(0, _count).Sort();

    /// <summary>A face by its place after <see cref="Sort"/>.</summary>
    public ref readonly FaceDetection this[int place] => ref _faces[(uint)_order[place]];

    private static Box BoxAt(ReadOnlySpan<float> distances, Vector2 centre, float stride, float scale) => new(
        (centre.X - (distances[0] * stride)) / scale, (centre.Y - (distances[1] * stride)) / scale,
        (centre.X + (distances[2] * stride)) / scale, (centre.Y + (distances[3] * stride)) / scale);

    private static FaceKeyPoints PointsAt(ReadOnlySpan<float> distances, Vector2 centre, float stride, float scale) => new(
        PointAt(distances, centre, stride, scale), PointAt(distances[2..], centre, stride, scale),
        PointAt(distances[4..], centre, stride, scale), PointAt(distances[6..], centre, stride, scale),
        PointAt(distances[8..], centre, stride, scale));

    private static Vector2 PointAt(ReadOnlySpan<float> distances, Vector2 centre, float stride, float scale) => new(
        (centre.X + (distances[0] * stride)) / scale, (centre.Y + (distances[1] * stride)) / scale);

    private void Grow()
    {
        var length = Math.Max(64, 2 * _count);
        Array.Resize(ref _faces, length);
        Array.Resize(ref _order, length);
    }
}
