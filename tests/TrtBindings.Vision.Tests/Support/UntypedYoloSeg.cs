using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A YOLO-seg file that no class was generated for, seen as one.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedYoloSeg<TLabel>(UntypedModel model, YoloForm form) : IYoloSegModel<TLabel>, IDisposable
    where TLabel : unmanaged, Enum
{
    private readonly IRunnableModel _model = model;

    public YoloForm Form => form;

    public ModelSignature Signature => _model.Signature;

    public ModelDescription Description => _model.Description;

    public BackendInfo Backend => _model.Backend;

    public static UntypedYoloSeg<TLabel> Load(string path, YoloForm form = YoloForm.Dense) =>
        new(UntypedModel.Load(path), form);

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => _model.CreateInputs(dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => _model.CreateOutputs(dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => _model.Resize(inputs, dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        _model.Run(inputs, outputs, cancellationToken);

    public void Dispose() => model.Dispose();
}
