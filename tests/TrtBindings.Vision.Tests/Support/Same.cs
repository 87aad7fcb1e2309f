namespace TrtBindings.Vision.Tests.Support;

/// <summary>Equality to the last bit, masks included.</summary>
internal static class Same
{
    public static void Instances<T>(IReadOnlyList<InstanceDetection<T>> left, IReadOnlyList<InstanceDetection<T>> right)
        where T : unmanaged, Enum
    {
        left.Count.ShouldBe(right.Count);
        for (var i = 0; i < left.Count; i++)
        {
            (left[i] with { Mask = null }).ShouldBe(right[i] with { Mask = null });
            Masks(left[i].Mask, right[i].Mask);
        }
    }

    public static void Masks(Mask? left, Mask? right)
    {
        (left is null).ShouldBe(right is null);
        if (left is null || right is null) return;
        (left.FrameWidth, left.FrameHeight).ShouldBe((right.FrameWidth, right.FrameHeight));
        (left.X, left.Y, left.Width, left.Height).ShouldBe((right.X, right.Y, right.Width, right.Height));
        for (var row = 0; row < left.Height; row++)
            left.RowBits(row).SequenceEqual(right.RowBits(row)).ShouldBeTrue($"row {row}");
    }

    /// <summary>Intersection over union of two masks of one frame; 1 if both are empty.</summary>
    public static double Overlap(Mask left, Mask right)
    {
        (left.FrameWidth, left.FrameHeight).ShouldBe((right.FrameWidth, right.FrameHeight));
        var intersection = 0;
        for (var y = left.Y; y < left.Y + left.Height; y++)
            for (var x = left.X; x < left.X + left.Width; x++)
                if (left[x, y] && right[x, y]) intersection++;
        var union = left.Area + right.Area - intersection;
        return union == 0 ? 1 : intersection / (double)union;
    }
}
