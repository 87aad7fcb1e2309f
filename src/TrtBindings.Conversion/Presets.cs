using TrtBindings.Vision;

namespace TrtBindings.Conversion;

/// <summary>Makes the engine of a model's family with the preset that <c>TrtCalibrationPreset</c> names.</summary>
internal static class Presets
{
    private static readonly Dictionary<string, ClassificationPreprocessing> Classifiers =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(ClassificationPreprocessing.Ultralytics)] = ClassificationPreprocessing.Ultralytics,
            [nameof(ClassificationPreprocessing.Torchvision)] = ClassificationPreprocessing.Torchvision,
            [nameof(ClassificationPreprocessing.TorchvisionTensor)] = ClassificationPreprocessing.TorchvisionTensor,
            [nameof(ClassificationPreprocessing.TorchvisionV2)] = ClassificationPreprocessing.TorchvisionV2,
            [nameof(ClassificationPreprocessing.Timm)] = ClassificationPreprocessing.Timm,
            [nameof(ClassificationPreprocessing.TimmImageNet)] = ClassificationPreprocessing.TimmImageNet,
        };

    private static readonly Dictionary<string, SegmentationPreprocessing> Segmenters =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(SegmentationPreprocessing.Ultralytics)] = SegmentationPreprocessing.Ultralytics,
            [nameof(SegmentationPreprocessing.Torchvision)] = SegmentationPreprocessing.Torchvision,
            [nameof(SegmentationPreprocessing.TorchvisionTensor)] = SegmentationPreprocessing.TorchvisionTensor,
            [nameof(SegmentationPreprocessing.SegFormer)] = SegmentationPreprocessing.SegFormer,
            [nameof(SegmentationPreprocessing.OpenCv)] = SegmentationPreprocessing.OpenCv,
            [nameof(SegmentationPreprocessing.UnitRange)] = SegmentationPreprocessing.UnitRange,
        };

    /// <summary>Makes the engine.</summary>
    /// <param name="family">The model's family.</param>
    /// <param name="model">The model.</param>
    /// <param name="preset">Name of a preset; empty to take what the model says.</param>
    /// <param name="preparation">The preset, for a message; empty if the family has none to choose.</param>
    /// <exception cref="CalibrationException">
    /// No such preset, none where the model does not say one, or one where none is to choose.
    /// </exception>
    public static VisionEngine CreateEngine(ModelFamily family, RecordingModel model, string preset, out string preparation)
    {
        var options = new VisionEngineOptions();
        preparation = "";
        if (family.Name == "Classification")
        {
            options.Classification = Named(Classifiers, preset);
            if (preset.Length == 0 && ClassificationPreprocessing.Of(model.Description) is null) throw NoPreset(Classifiers.Keys);
            preparation = $", preset {(preset.Length > 0 ? preset : "of the model's metadata")}";
        }
        else if (family.Name == "SemanticSegmentation")
        {
            options.Segmentation = Named(Segmenters, preset);
            if (preset.Length == 0 && !UltralyticsSays.Segments(model.Description)) throw NoPreset(Segmenters.Keys);
            preparation = $", preset {(preset.Length > 0 ? preset : "Ultralytics")}";
        }
        else if (preset.Length > 0)
        {
            throw new CalibrationException($"TrtCalibrationPreset is '{preset}', and models of {family.Name}Engine are all "
                + "prepared in one way. Leave it out.");
        }

        try
        {
            return family.CreateEngine(model, options);
        }
        catch (TensorException e)
        {
            throw new CalibrationException($"Pictures cannot be prepared for this model: {e.Message}");
        }
    }

    private static T? Named<T>(Dictionary<string, T> presets, string name)
        where T : class =>
        name.Length == 0 ? null
        : presets.GetValueOrDefault(name) ?? throw new CalibrationException($"TrtCalibrationPreset is '{name}', which is no "
            + $"preset of this family. It takes one of {string.Join(", ", presets.Keys)}.");

    private static CalibrationException NoPreset(IEnumerable<string> names) => new(
        "The model does not say how its pictures are prepared. Set TrtCalibrationPreset to the preset that it was trained with: "
        + $"{string.Join(", ", names)}.");
}
