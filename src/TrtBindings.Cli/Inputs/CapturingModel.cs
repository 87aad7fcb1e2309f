namespace TrtBindings.Cli.Inputs;

/// <summary>
/// A model whose runs are not run: the inputs that an engine has prepared go to whoever asked for them. Without a GPU, so that
/// the engine prepares them on the processor.
/// </summary>
internal sealed class CapturingModel(IRunnableModel model, Action<ModelInputs> capture) : IRunnableModel
{
    public ModelSignature Signature => model.Signature;

    public ModelDescription Description => model.Description;

    public BackendInfo Backend => model.Backend;

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => model.CreateInputs(dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => model.CreateOutputs(dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => model.Resize(inputs, dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        capture(inputs);
        throw new CapturedException();
    }

    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Does a call of an engine as far as its model's run.</summary>
    public static void Call(Action call)
    {
        try
        {
            call();
        }
        catch (CapturedException)
        {
            // The only way out of an engine before it looks for results.
        }
    }

    private sealed class CapturedException : Exception;
}
