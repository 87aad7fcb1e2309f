using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A model without a generated class. A derived class implements the interface of a family.</summary>
internal abstract class DelegatingModel(UntypedModel model) : IRunnableModel, IHookedModel, IDisposable
{
    private readonly IRunnableModel _model = model;

    /// <summary>Sees the inputs that engines prepare, in what is called from here: for example to calibrate on.</summary>
    public static AsyncLocal<Action<ModelInputs>?> Running { get; } = new();

    public ModelSignature Signature => _model.Signature;

    public ModelDescription Description => _model.Description;

    public BackendInfo Backend => _model.Backend;

    public Action<ModelOutputs>? Ran { get; set; }

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => _model.CreateInputs(dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => _model.CreateOutputs(dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => _model.Resize(inputs, dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        Running.Value?.Invoke(inputs);
        _model.Run(inputs, outputs, cancellationToken);
        Ran?.Invoke(outputs);
    }

    public async Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        Running.Value?.Invoke(inputs);
        await _model.RunAsync(inputs, outputs, cancellationToken);
        Ran?.Invoke(outputs);
    }

    public void Dispose() => model.Dispose();
}
