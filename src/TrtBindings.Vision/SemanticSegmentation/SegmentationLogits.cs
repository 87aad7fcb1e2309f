namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>The first output of a segmentation model for one image: [classes, height, width], row-major.</summary>
internal readonly ref struct SegmentationLogits
{
    public SegmentationLogits(ReadOnlySpan<float> values, int classes, int height, int width)
    {
        if (values.Length != classes * height * width)
            throw new ArgumentException("The output does not have the length of its shape.", nameof(values));
        Values = values;
        Classes = classes;
        Height = height;
        Width = width;
    }

    public ReadOnlySpan<float> Values { get; }

    public int Classes { get; }

    public int Height { get; }

    public int Width { get; }
}
