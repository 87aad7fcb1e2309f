using TrtBindings.Vision;

namespace TrtBindings.Conversion;

/// <summary>Prepares pictures for a model as the engine of its family does: that engine does it, over a model that never
/// runs.</summary>
internal sealed class PictureSamples(Job job, Messages messages)
{
    private bool _isTold;

    /// <summary>The inputs of the model for each picture, one at a time.</summary>
    /// <exception cref="CalibrationException">
    /// The model is of no family, its preprocessing is not known, or a picture cannot be read or prepared.
    /// </exception>
    public IEnumerable<ModelSample> Of(IEnumerable<string> pictures)
    {
        var description = ModelSource.FromFile(job.Source).Describe();
        var labels = ModelLabels.Of(description);
        var match = FamilyRules.Match(description, labels.Count, job.Task);
        if (match is not { Problem: null })
        {
            throw new CalibrationException($"Pictures for '{Path.GetFileName(job.Source)}' cannot be prepared: the model is of "
                + $"no family that has an engine{(match is null ? "" : $", because {match.Problem}")}. Set TrtTask if it is of "
                + "one, or convert it in code with samples of your own: ModelConversion of the package TrtBindings.Graphs. The "
                + "table that this writes can be named by TrtCalibration.");
        }

        var signature = new ModelSignature(Path.GetFileName(job.Source), description.Inputs, description.Outputs, labels);
        var model = new RecordingModel(signature, description);
        using var engine = FamilyEngine.Of(match, model, job.Preset);
        // Pictures are read more than once: one at a time needs little memory.
        if (!_isTold) messages.Normal($"  pictures are prepared as for {match.Rule.Task}Engine{engine.Preparation}");
        _isTold = true;
        foreach (var path in pictures) yield return Sample(engine, model, path);
    }

    private static ModelSample Sample(FamilyEngine engine, RecordingModel model, string path)
    {
        try
        {
            using var bitmap = ImageFile.Read(path);
            return model.Record(() => engine.Run(bitmap.AsImage()));
        }
        catch (Exception e) when (e is ImageException or TensorException or IOException or UnauthorizedAccessException)
        {
            throw new CalibrationException($"The picture '{path}' cannot be used: {e.Message}");
        }
    }
}
