using TrtBindings.Vision;

namespace TrtBindings.Cli.Models;

/// <summary>The words of <c>--prepare</c>.</summary>
internal static class PicturePresets
{
    private const string Segmentation = "SemanticSegmentation";
    private const string Classification = "Classification";

    private static readonly Dictionary<string, ClassificationPreprocessing> Classifiers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["torchvision"] = ClassificationPreprocessing.Torchvision,
        ["torchvision-tensor"] = ClassificationPreprocessing.TorchvisionTensor,
        ["torchvision-v2"] = ClassificationPreprocessing.TorchvisionV2,
        ["timm"] = ClassificationPreprocessing.Timm,
        ["timm-imagenet"] = ClassificationPreprocessing.TimmImageNet,
        ["ultralytics"] = ClassificationPreprocessing.Ultralytics,
        ["unit-range"] = new(),
    };

    private static readonly Dictionary<string, SegmentationPreprocessing> Segmenters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["torchvision"] = SegmentationPreprocessing.Torchvision,
        ["torchvision-tensor"] = SegmentationPreprocessing.TorchvisionTensor,
        ["segformer"] = SegmentationPreprocessing.SegFormer,
        ["opencv"] = SegmentationPreprocessing.OpenCv,
        ["ultralytics"] = SegmentationPreprocessing.Ultralytics,
        ["unit-range"] = SegmentationPreprocessing.UnitRange,
    };

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Classifiers.Keys.Union(Segmenters.Keys)];

    /// <summary>The words for a family.</summary>
    public static IReadOnlyCollection<string> NamesFor(ModelFamily family) => family.Name switch
    {
        Classification => Classifiers.Keys,
        Segmentation => Segmenters.Keys,
        _ => [],
    };

    /// <summary>Sets the preparation that a word names.</summary>
    /// <exception cref="UsageException">The family has no such preparation.</exception>
    public static void Apply(string name, ModelFamily family, VisionEngineOptions options)
    {
        if (family.Name == Classification && Classifiers.TryGetValue(name, out var classifier))
            options.Classification = classifier;
        else if (family.Name == Segmentation && Segmenters.TryGetValue(name, out var segmenter)) options.Segmentation = segmenter;
        else if (NamesFor(family).Count == 0)
            throw new UsageException($"--prepare is for classification and segmentation; {family.Name} says itself how.");
        else throw new UsageException($"--prepare is '{name}', and {family.Name} has {string.Join(", ", NamesFor(family))}.");
    }
}
