namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>Probabilities of the pixels of an image, pixel by pixel from the rules, in double precision.</summary>
internal static class ScalarPaste
{
    /// <summary>Detectron2's: pixel centre, share of the box, place in the window, four neighbours, zero outside.</summary>
    public static double Sampled(float[] window, int side, Box box, int x, int y)
    {
        var atX = ((x + .5 - box.X1) / (box.X2 - box.X1) * side) - .5;
        var atY = ((y + .5 - box.Y1) / (box.Y2 - box.Y1) * side) - .5;
        var (left, top) = ((int)Math.Floor(atX), (int)Math.Floor(atY));
        double At(int column, int row) =>
            column >= 0 && column < side && row >= 0 && row < side ? window[(row * side) + column] : 0;
        var (fx, fy) = (atX - left, atY - top);
        return ((1 - fy) * (((1 - fx) * At(left, top)) + (fx * At(left + 1, top))))
            + (fy * (((1 - fx) * At(left, top + 1)) + (fx * At(left + 1, top + 1))));
    }

    /// <summary>torchvision's: a border of zeros, the box grown and cut to whole pixels, a bilinear resize to it.</summary>
    public static double Resized(float[] window, int side, Box box, int x, int y)
    {
        var growth = (side + 2.0) / side;
        var (halfX, halfY) = ((box.X2 - box.X1) / 2 * growth, (box.Y2 - box.Y1) / 2 * growth);
        var (midX, midY) = ((box.X1 + box.X2) / 2.0, (box.Y1 + box.Y2) / 2.0);
        var (x1, y1, x2, y2) = ((int)(midX - halfX), (int)(midY - halfY), (int)(midX + halfX), (int)(midY + halfY));
        if (x < x1 || x > x2 || y < y1 || y > y2) return 0;
        var (width, height) = (Math.Max(x2 - x1 + 1, 1), Math.Max(y2 - y1 + 1, 1));
        var padded = side + 2;
        double At(int column, int row) =>
            column >= 1 && column <= side && row >= 1 && row <= side ? window[((row - 1) * side) + column - 1] : 0;
        var atX = Math.Max(((x - x1 + .5) * padded / width) - .5, 0);
        var atY = Math.Max(((y - y1 + .5) * padded / height) - .5, 0);
        var (left, top) = (Math.Min((int)atX, padded - 1), Math.Min((int)atY, padded - 1));
        var (right, bottom) = (Math.Min(left + 1, padded - 1), Math.Min(top + 1, padded - 1));
        var (fx, fy) = (atX - left, atY - top);
        return ((1 - fy) * (((1 - fx) * At(left, top)) + (fx * At(right, top))))
            + (fy * (((1 - fx) * At(left, bottom)) + (fx * At(right, bottom))));
    }
}
