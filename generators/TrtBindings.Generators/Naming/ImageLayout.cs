namespace TrtBindings.Generators;

/// <summary>What the axes of a picture are called.</summary>
internal static class ImageLayout
{
    /// <summary>Four dimensions with 1, 3 or 4 channels in the second place.</summary>
    public static bool IsChannelFirst(SymbolicShape shape) =>
        shape.Rank == 4 && shape.Dimensions[1] is { IsFixed: true, Value: 1 or 3 or 4 };

    public static string AxisName(int axis) => axis switch { 0 => "Batch", 1 => "Channels", 2 => "Height", _ => "Width" };
}
