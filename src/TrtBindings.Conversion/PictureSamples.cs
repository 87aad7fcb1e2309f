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
        var model = RecordingModel.Of(job.Source);
        var family = FamilyOf(model);
        using var engine = Presets.CreateEngine(family, model, job.Preset, out var preparation);
        // Pictures are read more than once: one at a time needs little memory.
        if (!_isTold) messages.Normal($"  pictures are prepared as for {family.Name}Engine{preparation}");
        _isTold = true;
        foreach (var path in pictures) yield return Sample(engine, model, path);
    }

    private ModelFamily FamilyOf(RecordingModel model)
    {
        try
        {
            return ModelFamily.Of(model.Description, job.Task.Length > 0 ? job.Task : null);
        }
        catch (ModelFamilyException e)
        {
            throw new CalibrationException($"Pictures for '{model.Signature.File}' cannot be prepared. {e.Message} Set TrtTask "
                + "if it is of one, or convert it in code with samples of your own: ModelConversion of the package "
                + "TrtBindings.Graphs. The table that this writes can be named by TrtCalibration.");
        }
    }

    private static ModelSample Sample(VisionEngine engine, RecordingModel model, string path)
    {
        try
        {
            using var bitmap = ImageFile.Read(path);
            return model.Record(engine, bitmap.AsImage());
        }
        catch (Exception e) when (e is ImageException or TensorException or IOException or UnauthorizedAccessException)
        {
            throw new CalibrationException($"The picture '{path}' cannot be used: {e.Message}");
        }
    }
}
