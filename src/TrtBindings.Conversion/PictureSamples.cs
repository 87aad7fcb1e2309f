using TrtBindings.Vision;

namespace TrtBindings.Conversion;

/// <summary>Prepares pictures for a model as the engine of its family does: that engine does it, over a model that never
/// runs.</summary>
internal sealed class PictureSamples(Job job, Messages messages) : IDisposable
{
    private RecordingModel? _model;
    private VisionEngine? _engine;

    /// <summary>
    /// The inputs of the model for each picture, made when they are asked for: pictures are read more than once, and one at a
    /// time needs little memory. How many there are is known before.
    /// </summary>
    /// <exception cref="CalibrationException">
    /// The model is of no family, its preprocessing is not known, or a picture cannot be read or prepared.
    /// </exception>
    public IEnumerable<ModelSample> Of(IEnumerable<string> pictures) => pictures.Select(Sample);

    public void Dispose() => _engine?.Dispose();

    private VisionEngine Engine(RecordingModel model)
    {
        var family = FamilyOf(model);
        var engine = Presets.CreateEngine(family, model, job.Preset, out var preparation);
        messages.Normal($"  pictures are prepared as for {family.Name}Engine{preparation}");
        return engine;
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

    private ModelSample Sample(string path)
    {
        _model ??= RecordingModel.Of(job.Source);
        _engine ??= Engine(_model);
        try
        {
            using var bitmap = ImageFile.Read(path);
            return _model.Record(_engine, bitmap.AsImage());
        }
        catch (Exception e) when (e is ImageException or TensorException or IOException or UnauthorizedAccessException)
        {
            throw new CalibrationException($"The picture '{path}' cannot be used: {e.Message}");
        }
    }
}
