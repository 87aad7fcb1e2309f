namespace TrtBindings.Kernels.Tests.Support;

/// <summary>A model that is described and never run.</summary>
internal sealed class DescribedModel(ModelSignature signature) : IRunnableModel
{
    public ModelSignature Signature => signature;

    public ModelDescription Description { get; init; } = new();

    public BackendInfo Backend => throw new NotSupportedException();

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => throw new NotSupportedException();

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => throw new NotSupportedException();

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => throw new NotSupportedException();

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
