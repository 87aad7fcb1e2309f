using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A model without a generated class. A derived class implements the interface of a family.</summary>
internal abstract class DelegatingModel(UntypedModel model) : IRunnableModel, IHookedModel, IDisposable
{
    private readonly IRunnableModel _model = model;

    public ModelSignature Signature => _model.Signature;

    public ModelDescription Description => _model.Description;

    public BackendInfo Backend => _model.Backend;

    public Action<ModelOutputs>? Ran { get; set; }

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => _model.CreateInputs(dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => _model.CreateOutputs(dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => _model.Resize(inputs, dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        _model.Run(inputs, outputs, cancellationToken);
        Ran?.Invoke(outputs);
    }

    public async Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        await _model.RunAsync(inputs, outputs, cancellationToken);
        Ran?.Invoke(outputs);
    }

    public void Dispose() => model.Dispose();
}
