namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>What classification and segmentation engines do.</summary>
internal static class ImageCases
{
    private static readonly (string Name, ClassificationPreprocessing Rules)[] Presets =
    [
        ("torchvision", ClassificationPreprocessing.Torchvision),
        ("torchvision bicubic", ClassificationPreprocessing.Torchvision with { Filter = ResizeFilter.Bicubic }),
        ("torchvision tensor", ClassificationPreprocessing.TorchvisionTensor),
        ("torchvision tensor bicubic",
            ClassificationPreprocessing.TorchvisionTensor with { Filter = ResizeFilter.Bicubic }),
        ("torchvision v2", ClassificationPreprocessing.TorchvisionV2),
        ("torchvision v2 bicubic", ClassificationPreprocessing.TorchvisionV2 with { Filter = ResizeFilter.Bicubic }),
        ("timm", ClassificationPreprocessing.Timm),
        ("timm ImageNet", ClassificationPreprocessing.TimmImageNet),
        ("Ultralytics", ClassificationPreprocessing.Ultralytics),
        ("blob", ClassificationPreprocessing.OpenCvBlob(1 / 255f)),
        ("blob, crop", ClassificationPreprocessing.OpenCvBlob(0.017f, new(104, 117, 123), crops: true, isBgr: true)),
    ];

    private static readonly (ImageResizer Resizer, ResizeFilter Filter)[] Others =
    [
        (ImageResizer.TorchvisionV2Aliased, ResizeFilter.Bilinear),
        (ImageResizer.TorchvisionV2Aliased, ResizeFilter.Bicubic),
        (ImageResizer.Torch, ResizeFilter.Bilinear),
        (ImageResizer.Torch, ResizeFilter.Bicubic),
        (ImageResizer.TorchAntialiased, ResizeFilter.Bilinear),
        (ImageResizer.TorchAntialiased, ResizeFilter.Bicubic),
        (ImageResizer.Pillow, ResizeFilter.Box),
    ];

    /// <summary>Every preset of classification.</summary>
    /// <param name="width">Width of the input.</param>
    /// <param name="height">Height of the input.</param>
    /// <param name="shortSide">What becomes of a preset's 256.</param>
    public static IEnumerable<PreprocessingCase> OfClassification(int width, int height, int shortSide) =>
        from preset in Presets
        let rules = preset.Rules.ShortSide is null ? preset.Rules : preset.Rules with { ShortSide = shortSide }
        select Classification(preset.Name, rules, width, height);

    /// <summary>The other resizers and filters that have kernels, and inputs of other layouts.</summary>
    public static IEnumerable<PreprocessingCase> OfOthers(int width, int height)
    {
        var rules = ClassificationPreprocessing.Timm;
        foreach (var (resizer, filter) in Others)
        {
            var one = rules with { Resizer = resizer, Filter = filter, Mean = new(0.1f, 0.2f, 0.3f) };
            yield return Classification($"{resizer} {filter}", one, width, height);
        }

        yield return Classification("grey", rules with { Mean = new(0.1f, 0.2f, 0.3f) }, width, height, channels: 1);
        yield return Classification("grey BGR", rules with { IsBgr = true, Mean = new(0.1f, 0.2f, 0.3f) }, width, height, 1);
        yield return Classification("channels last", rules with { IsBgr = true, Mean = new(0.1f, 0.2f, 0.3f) }, width, height,
            isChannelsLast: true);
        yield return Classification("blob, channels last", ClassificationPreprocessing.OpenCvBlob(0.5f, new(1, 2, 3)), width,
            height, isChannelsLast: true);
    }

    /// <summary>Every preset of segmentation.</summary>
    public static IEnumerable<PreprocessingCase> OfSegmentation(int width, int height)
    {
        (string Name, SegmentationPreprocessing Rules)[] presets =
        [
            ("torchvision", SegmentationPreprocessing.Torchvision),
            ("torchvision tensor", SegmentationPreprocessing.TorchvisionTensor),
            ("SegFormer", SegmentationPreprocessing.SegFormer),
            ("OpenCV", SegmentationPreprocessing.OpenCv),
            ("Ultralytics", SegmentationPreprocessing.Ultralytics),
            ("unit range", SegmentationPreprocessing.UnitRange),
            ("blob", SegmentationPreprocessing.OpenCvBlob(0.02f, new(100, 110, 120), isBgr: true)),
            ("Pillow, letterbox", SegmentationPreprocessing.SegFormer with { Letterboxes = true }),
            ("V2, letterbox", SegmentationPreprocessing.SegFormer with
            {
                Letterboxes = true,
                Resizer = ImageResizer.TorchvisionV2,
            }),
            ("tensor, letterbox", SegmentationPreprocessing.TorchvisionTensor with { Letterboxes = true }),
            ("torch, letterbox", SegmentationPreprocessing.SegFormer with { Letterboxes = true, Resizer = ImageResizer.Torch }),
        ];
        foreach (var channels in (int[])[3, 1])
            foreach (var (name, rules) in presets) yield return Segmentation(name, rules, width, height, channels);
    }

    /// <summary>A model whose size follows the picture.</summary>
    public static PreprocessingCase OfShortSide(SegmentationPreprocessing rules, int shortSide)
    {
        var cpu = new ResizedInput(3, false, rules);
        return new($"shorter side {shortSide}",
            kernels => new SegmentationGpuPreprocessor(kernels, rules, 520, 520, shortSide: shortSide), (image, input) =>
            {
                var (width, height) = rules.SizeOf(image.Width, image.Height, shortSide);
                cpu.Run(image, CropGeometry.Stretched(width, height), input);
            });
    }

    private static PreprocessingCase Classification(
        string name, ClassificationPreprocessing rules, int width, int height, int channels = 3, bool isChannelsLast = false)
    {
        rules.Validate(width, height);
        var cpu = new ResizedInput(channels, isChannelsLast, rules);
        return new($"classification, {name}", kernels => new ClassificationGpuPreprocessor(kernels, rules, width, height),
            (image, input) => cpu.Run(image, rules.Crop(image.Width, image.Height, width, height), input), 0, channels,
            isChannelsLast);
    }

    private static PreprocessingCase Segmentation(
        string name, SegmentationPreprocessing rules, int width, int height, int channels)
    {
        rules.Validate();
        var cpu = new ResizedInput(channels, false, rules);
        return new($"segmentation, {name}, {channels} channels",
            kernels => new SegmentationGpuPreprocessor(kernels, rules, width, height), (image, input) =>
            {
                if (rules.Letterboxes)
                {
                    var geometry = LetterboxGeometry.Fit(image.Width, image.Height, width, height);
                    cpu.Run(image, geometry, LetterboxResizer.PadValue, input);
                }
                else
                {
                    cpu.Run(image, CropGeometry.Stretched(width, height), input);
                }
            }, 0, channels);
    }
}
