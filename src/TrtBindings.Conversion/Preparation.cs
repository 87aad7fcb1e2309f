using TrtBindings.Vision;

namespace TrtBindings.Conversion;

/// <summary>A way to prepare pictures that has a name.</summary>
/// <param name="Name">The name in C#, which <c>TrtCalibrationPreset</c> takes.</param>
/// <param name="Word">The word of <c>trtb --prepare</c>.</param>
/// <param name="Set">Puts it into the options of an engine.</param>
internal sealed record Preparation(string Name, string Word, Action<VisionEngineOptions> Set)
{
    private static readonly Preparation[] Classification =
    [
        Of("Torchvision", "torchvision", ClassificationPreprocessing.Torchvision),
        Of("TorchvisionTensor", "torchvision-tensor", ClassificationPreprocessing.TorchvisionTensor),
        Of("TorchvisionV2", "torchvision-v2", ClassificationPreprocessing.TorchvisionV2),
        Of("Timm", "timm", ClassificationPreprocessing.Timm),
        Of("TimmImageNet", "timm-imagenet", ClassificationPreprocessing.TimmImageNet),
        Of("Ultralytics", "ultralytics", ClassificationPreprocessing.Ultralytics),
        Of("UnitRange", "unit-range", new ClassificationPreprocessing()),
    ];

    private static readonly Preparation[] Segmentation =
    [
        Of("Torchvision", "torchvision", SegmentationPreprocessing.Torchvision),
        Of("TorchvisionTensor", "torchvision-tensor", SegmentationPreprocessing.TorchvisionTensor),
        Of("SegFormer", "segformer", SegmentationPreprocessing.SegFormer),
        Of("OpenCv", "opencv", SegmentationPreprocessing.OpenCv),
        Of("Ultralytics", "ultralytics", SegmentationPreprocessing.Ultralytics),
        Of("UnitRange", "unit-range", SegmentationPreprocessing.UnitRange),
    ];

    /// <summary>All of them, of every family.</summary>
    public static IEnumerable<Preparation> All => Classification.Concat(Segmentation);

    /// <summary>Those of a family; none where pictures are all prepared in one way.</summary>
    public static IReadOnlyList<Preparation> For(ModelFamily family) => family.Name switch
    {
        nameof(Classification) => Classification,
        "SemanticSegmentation" => Segmentation,
        _ => [],
    };

    /// <summary>The one that a text names, whatever its case; <see langword="null"/> if the family has none.</summary>
    public static Preparation? Find(ModelFamily family, string text) => For(family).FirstOrDefault(one =>
        string.Equals(one.Name, text, StringComparison.OrdinalIgnoreCase)
        || string.Equals(one.Word, text, StringComparison.OrdinalIgnoreCase));

    private static Preparation Of(string name, string word, ClassificationPreprocessing value) =>
        new(name, word, options => options.Classification = value);

    private static Preparation Of(string name, string word, SegmentationPreprocessing value) =>
        new(name, word, options => options.Segmentation = value);
}
