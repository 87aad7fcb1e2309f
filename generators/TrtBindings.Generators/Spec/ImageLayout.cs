namespace TrtBindings.Generators.Spec;

/// <summary>Names the axes of image tensors.</summary>
internal static class ImageLayout
{
    /// <summary>A shorter fixed side is none of a picture whose channels are last: rows of numbers have such shapes.</summary>
    private const long LeastSide = 16;

    private static readonly string[] ChannelsFirst = ["Batch", "Channels", "Height", "Width"];
    private static readonly string[] ChannelsLast = ["Batch", "Height", "Width", "Channels"];

    /// <summary>
    /// The name of an axis of an image: of four dimensions of which the second is 1, 3 or 4, or the last is 1 or 3 behind two
    /// sides. <see langword="null"/> for any other tensor.
    /// </summary>
    public static string? AxisName(SymbolicShape shape, int axis)
    {
        if (shape.Rank != 4) return null;
        var sizes = shape.Dimensions;
        if (sizes[1] is { IsFixed: true, Value: 1 or 3 or 4 }) return ChannelsFirst[axis];
        return sizes[3] is { IsFixed: true, Value: 1 or 3 } && MayBeSide(sizes[1]) && MayBeSide(sizes[2])
            ? ChannelsLast[axis] : null;
    }

    private static bool MayBeSide(Dimension size) => !size.IsFixed || size.Value >= LeastSide;
}
