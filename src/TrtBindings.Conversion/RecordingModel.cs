using TrtBindings.Vision;

namespace TrtBindings.Conversion;

/// <summary>
/// A model whose runs are not run: the engine of its family prepares its inputs, and where it would run it, they are handed out.
/// Without a GPU, so that the engine prepares them on the processor.
/// </summary>
/// <param name="model">What has the inputs. It never runs.</param>
internal sealed class RecordingModel(IRunnableModel model) : IRunnableModel
{
    private ModelInputs? _inputs;

    public ModelSignature Signature => model.Signature;

    public ModelDescription Description => model.Description;

    public BackendInfo Backend => model.Backend;

    /// <summary>Records for the model of a file, which is not loaded.</summary>
    public static RecordingModel Of(string path) => new(DescribedModel.Of(path));

    /// <summary>The inputs that an engine prepares of a picture, as a sample.</summary>
    /// <param name="engine">An engine of this model.</param>
    /// <param name="picture">The picture.</param>
    /// <exception cref="ImageException">The engine does not take the picture.</exception>
    public ModelSample Record(VisionEngine engine, ImageMemory picture)
    {
        // A fixed batch is full of the picture: what other rows would hold counts too.
        var all = new ImageMemory[engine.MaxBatch];
        Array.Fill(all, picture);
        return ModelSample.Of(Record(() => engine.Run(all)));
    }

    /// <summary>The inputs that a call of an engine prepares. They are the engine's, and good until its next call.</summary>
    public ModelInputs Record(Action call)
    {
        _inputs = null;
        try
        {
            call();
        }
        catch (RecordedException)
        {
            // The only way out of an engine before it looks for results.
        }

        return _inputs ?? throw new InvalidOperationException("The engine did not run its model.");
    }

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => model.CreateInputs(dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => model.CreateOutputs(dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => model.Resize(inputs, dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        _inputs = inputs;
        throw new RecordedException();
    }

    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    private sealed class RecordedException : Exception;
}
