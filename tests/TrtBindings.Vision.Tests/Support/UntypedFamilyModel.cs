using TrtBindings.Model;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A file that no class was generated for, to be seen as one of a family.</summary>
internal abstract class UntypedFamilyModel(UntypedModel model) : IRunnableModel, IDisposable
{
    private readonly IRunnableModel _model = model;

    public ModelSignature Signature => _model.Signature;

    public ModelDescription Description => _model.Description;

    public BackendInfo Backend => _model.Backend;

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => _model.CreateInputs(dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => _model.CreateOutputs(dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => _model.Resize(inputs, dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        _model.Run(inputs, outputs, cancellationToken);

    public void Dispose() => model.Dispose();
}
