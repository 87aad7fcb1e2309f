namespace TrtBindings.ModelFiles.Families;

/// <summary>Which output of a form of Mask R-CNN holds what; -1 for what it does not have.</summary>
internal sealed record MaskRcnnRoles(string Form, int Outputs, int Boxes, int Labels, int Scores, int Masks)
{
    /// <summary>In the order in which they are tried.</summary>
    public static readonly MaskRcnnRoles[] All =
    [
        new("Torchvision", 4, 0, 1, 2, 3) { ArePasted = true },
        new("OnnxZoo", 4, 0, 1, 2, 3) { ArePasted = false },
        new("Detectron2", 5, 0, 1, 3, 2) { Size = 4 },
        new("FixedSlots", 5, 0, 1, 2, 3) { Count = 4 },
        new("NvidiaSample", 5, 1, 3, 2, 4) { Count = 0, IsBatched = true },
    ];

    /// <summary>Output with the number of instances.</summary>
    public int Count { get; init; } = -1;

    /// <summary>Output with the size of the image.</summary>
    public int Size { get; init; } = -1;

    /// <summary>Whether masks are as large as the image; <see langword="null"/> if it does not matter.</summary>
    public bool? ArePasted { get; init; }

    /// <summary>Whether outputs have a batch dimension. If not, they list the instances of one image.</summary>
    public bool IsBatched { get; init; }
}
