namespace TrtBindings.Vision.Tests.Support;

/// <summary>
/// Masks as run lengths: row by row over the whole frame, zeros and ones in turn, zeros first.
/// </summary>
internal static class RunLengths
{
    /// <summary>Intersection over union of a mask and run lengths of the same frame.</summary>
    public static double Overlap(Mask mask, ReadOnlySpan<int> runs)
    {
        var (at, area, intersection) = (0, 0, 0);
        for (var i = 0; i < runs.Length; i++)
        {
            var end = at + runs[i];
            if (i % 2 == 1)
            {
                area += runs[i];
                for (var pixel = at; pixel < end; pixel++)
                    if (mask[pixel % mask.FrameWidth, pixel / mask.FrameWidth]) intersection++;
            }

            at = end;
        }

        // The last run of zeros may be left out.
        at.ShouldBeLessThanOrEqualTo(mask.FrameWidth * mask.FrameHeight);
        var union = area + mask.Area - intersection;
        return union == 0 ? 1 : intersection / (double)union;
    }
}
