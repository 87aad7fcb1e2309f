namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>What Mask R-CNN's forms do.</summary>
internal static class MaskRcnnCases
{
    /// <summary>Forms whose model has one size, which pictures are fitted into.</summary>
    public static IEnumerable<PreprocessingCase> All(int width, int height) =>
        from form in (MaskRcnnForm[])
            [MaskRcnnForm.FixedSlots, MaskRcnnForm.Detectron2, MaskRcnnForm.NvidiaSample, MaskRcnnForm.OnnxZoo]
        select Of(form, (imageWidth, imageHeight) =>
        {
            var (newWidth, newHeight) = ImageSides.Fitted(imageWidth, imageHeight, width, height);
            return new(imageWidth, imageHeight, new(width, height, newWidth, newHeight), 1, 1);
        });

    /// <summary>A model that takes the picture as it is.</summary>
    public static PreprocessingCase Whole() => Of(
        MaskRcnnForm.Torchvision, (width, height) => new(width, height, new(width, height, width, height), 1, 1));

    /// <summary>A model that takes any size: the picture's sides become at least one number and at most another.</summary>
    public static PreprocessingCase Sides(int shorter, int longer) => Of(MaskRcnnForm.OnnxZoo, (width, height) =>
    {
        var (newWidth, newHeight) = ImageSides.Truncated(width, height, shorter, longer);
        var placement = new InputPlacement(ImageSides.Padded(newWidth), ImageSides.Padded(newHeight), newWidth, newHeight);
        return new(width, height, placement, 1, 1);
    });

    private static PreprocessingCase Of(MaskRcnnForm form, Func<int, int, MaskRcnnGeometry> geometryOf)
    {
        var cpu = new MaskRcnnPreprocessor(form);
        return new($"Mask R-CNN {form}", kernels => new MaskRcnnGpuPreprocessor(kernels, form, geometryOf),
            (image, input) => cpu.Run(image, geometryOf(image.Width, image.Height).Placement, input));
    }
}
