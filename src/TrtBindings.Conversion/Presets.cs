using TrtBindings.Vision;

namespace TrtBindings.Conversion;

/// <summary>Makes the engine of a model's family with the preset that <c>TrtCalibrationPreset</c> names.</summary>
internal static class Presets
{
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
        var known = Preparation.For(family);
        preparation = "";
        if (preset.Length > 0)
        {
            if (known.Count == 0)
            {
                throw new CalibrationException($"TrtCalibrationPreset is '{preset}', and models of {family.Name}Engine are all "
                    + "prepared in one way. Leave it out.");
            }

            var named = Preparation.Find(family, preset) ?? throw new CalibrationException(
                $"TrtCalibrationPreset is '{preset}', which is no preset of this family. It takes one of {Names(known)}.");
            named.Set(options);
            preparation = $", preset {named.Name}";
        }
        else if (known.Count > 0)
        {
            preparation = Said(family, model.Description) is { } said ? $", preset {said}" : throw new CalibrationException(
                "The model does not say how its pictures are prepared. Set TrtCalibrationPreset to the preset that it was "
                + $"trained with: {Names(known)}.");
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

    /// <summary>What the model says itself; <see langword="null"/> if it says nothing.</summary>
    private static string? Said(ModelFamily family, ModelDescription model) => family.Name == "Classification"
        ? ClassificationPreprocessing.Of(model) is null ? null : "of the model's metadata"
        : UltralyticsSays.Segments(model) ? "Ultralytics" : null;

    private static string Names(IEnumerable<Preparation> known) => string.Join(", ", known.Select(one => one.Name));
}
