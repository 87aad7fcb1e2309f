namespace TrtBindings.Vision.MaskRcnn;

/// <summary>The two values of a mask's window that one pixel is interpolated from along an axis, and their weights.</summary>
internal readonly record struct MaskTap(int First, int Second, float Weight0, float Weight1)
{
    /// <summary>
    /// Detectron2's: the pixel's centre as a share of the box, times the window's size, with half-pixel centres; zero outside.
    /// Operations are in the order of <c>mask_ops.py</c> and torch's <c>grid_sample</c>.
    /// </summary>
    /// <param name="pixel">The pixel.</param>
    /// <param name="low">The box's left or top edge.</param>
    /// <param name="high">The opposite edge.</param>
    /// <param name="size">Values of the window along the axis.</param>
    public static MaskTap Sampled(int pixel, float low, float high, int size)
    {
        var share = ((pixel + 0.5f - low) / (high - low) * 2) - 1;
        var at = (((share + 1) * size) - 1) / 2;
        // Also for NaN.
        if (!(at > -1 && at < size)) return default;
        var index = (int)MathF.Floor(at);
        var fraction = at - index;
        return new(
            Math.Max(index, 0), Math.Min(index + 1, size - 1), index < 0 ? 0 : 1 - fraction,
            index + 1 < size ? fraction : 0);
    }

    /// <summary>
    /// torchvision's: the window with a border of zeros, one value wide, resized bilinearly to a whole number of pixels
    /// (<c>paste_mask_in_image</c> in <c>roi_heads.py</c>).
    /// </summary>
    /// <param name="pixel">The pixel, counted from the edge of the enlarged box.</param>
    /// <param name="length">Pixels of the enlarged box along the axis.</param>
    /// <param name="size">Values of the window along the axis, without the border.</param>
    public static MaskTap Resized(int pixel, int length, int size)
    {
        BilinearTap.Locate(pixel, (size + 2) / (float)length, size + 2, out var index, out var fraction);
        var (first, second) = (index - 1, Math.Min(index + 1, size + 1) - 1);
        return new(
            Math.Clamp(first, 0, size - 1), Math.Clamp(second, 0, size - 1), first >= 0 && first < size ? 1 - fraction : 0,
            second >= 0 && second < size ? fraction : 0);
    }
}
