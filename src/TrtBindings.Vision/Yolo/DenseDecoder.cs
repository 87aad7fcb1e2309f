using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Finds the predictions of a dense output whose score is above the confidence. Each is a number that sorts by falling score,
/// then by anchor, then by class: the complement of the score's bits, followed by anchor * classes + class.
/// </summary>
internal static class DenseDecoder
{
    /// <summary>The most candidates for suppression, those with the best scores (Ultralytics' max_nms).</summary>
    public const int MaxCandidates = 30_000;

    /// <summary>Anchors handled together, so that the scores of all their classes stay in the cache.</summary>
    private const int Block = 512;

    /// <summary>Lists the candidates in order, at most <see cref="MaxCandidates"/>.</summary>
    /// <param name="head">A dense output.</param>
    /// <param name="confidence">Scores above this count.</param>
    /// <param name="multiLabel">
    /// Whether every class of an anchor counts and not only its best. Of equal classes the first is best.
    /// </param>
    /// <param name="keys">Takes the candidates; is enlarged if needed.</param>
    /// <returns>Number of candidates.</returns>
    public static int Decode(in YoloOutput head, float confidence, bool multiLabel, ref ulong[] keys)
    {
        var (anchors, classes) = (head.Columns, head.Classes);
        var scores = head.Values.Slice(4 * anchors, classes * anchors);
        Span<float> best = stackalloc float[Block];
        var count = 0;
        for (var start = 0; start < anchors; start += Block)
        {
            var block = best[..Math.Min(Block, anchors - start)];
            BestScores(scores, anchors, start, block);
            for (var i = 0; i < block.Length; i++)
            {
                if (!(block[i] > confidence)) continue;
                var anchor = start + i;
                if (keys.Length < count + classes) Array.Resize(ref keys, Math.Max(2 * keys.Length, count + classes));
                for (var label = 0; label < classes; label++)
                {
                    var score = scores[(label * anchors) + anchor];
                    if (multiLabel ? !(score > confidence) : score != block[i]) continue;
                    keys[count++] = Key(score, (uint)((anchor * classes) + label));
                    if (!multiLabel) break;
                }
            }
        }

        keys.AsSpan(0, count).Sort();
        return Math.Min(count, MaxCandidates);
    }

    /// <summary>The candidate that a key stands for.</summary>
    public static Candidate Read(in YoloOutput head, ulong key)
    {
        var index = (int)(uint)key;
        var anchor = index / head.Classes;
        var values = head.Values;
        var anchors = head.Columns;
        var box = Box.FromCentre(
            values[anchor], values[anchors + anchor], values[(2 * anchors) + anchor], values[(3 * anchors) + anchor]);
        var score = BitConverter.UInt32BitsToSingle(~(uint)(key >> 32));
        return new(anchor, index - (anchor * head.Classes), score, box);
    }

    /// <summary>Scores are above the confidence and so above 0, where floats sort like their bits.</summary>
    private static ulong Key(float score, uint index) => ((ulong)~BitConverter.SingleToUInt32Bits(score) << 32) | index;

    /// <summary>The best score of each anchor of a block. NaN is ignored.</summary>
    private static void BestScores(ReadOnlySpan<float> scores, int anchors, int start, Span<float> best)
    {
        best.Fill(float.NegativeInfinity);
        for (var row = start; row < scores.Length; row += anchors)
        {
            var values = scores.Slice(row, best.Length);
            ref var source = ref MemoryMarshal.GetReference(values);
            ref var target = ref MemoryMarshal.GetReference(best);
            var i = 0;
            for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var value = Vector256.LoadUnsafe(ref source, (nuint)i);
                var known = Vector256.LoadUnsafe(ref target, (nuint)i);
                Vector256.ConditionalSelect(Vector256.GreaterThan(value, known), value, known)
                    .StoreUnsafe(ref target, (nuint)i);
            }

            for (; i < values.Length; i++)
                if (values[i] > best[i]) best[i] = values[i];
        }
    }
}
