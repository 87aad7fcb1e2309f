namespace TrtBindings.Generators.Spec;

/// <summary>Names the axes of image tensors.</summary>
internal static class ImageLayout
{
    /// <summary>True for four dimensions of which the second is 1, 3 or 4.</summary>
    public static bool IsChannelFirst(SymbolicShape shape) =>
        shape.Rank == 4 && shape.Dimensions[1] is { IsFixed: true, Value: 1 or 3 or 4 };

    public static string AxisName(int axis) => axis switch { 0 => "Batch", 1 => "Channels", 2 => "Height", _ => "Width" };
}
