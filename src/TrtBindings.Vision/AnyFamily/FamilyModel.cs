namespace TrtBindings.Vision.AnyFamily;

/// <summary>
/// A model as one of the family that its description says. The generator gives a class the one interface that fits; this has all,
/// and <see cref="EngineFactory"/> uses the one that fits.
/// </summary>
internal sealed class FamilyModel(IRunnableModel model, FamilyMatch match)
    : IYoloSegModel<ClassNumber>, IYoloDetectModel<ClassNumber>, IYoloPoseModel<ClassNumber>, IYoloObbModel<ClassNumber>,
        IRtDetrModel<ClassNumber>, IScrfdModel, IMaskRcnnModel<ClassNumber>, ISemanticSegmentationModel<ClassNumber>,
        IClassificationModel<ClassNumber>
{
    public ModelSignature Signature => model.Signature;

    public ModelDescription Description => model.Description;

    public BackendInfo Backend => model.Backend;

    public ModelGpu? Gpu => model.Gpu;

    int IYoloPoseModel<ClassNumber>.KeyPointCount => Number(nameof(IYoloPoseModel<>.KeyPointCount));

    int IYoloPoseModel<ClassNumber>.KeyPointValues => Number(nameof(IYoloPoseModel<>.KeyPointValues));

    YoloForm IYoloSegModel<ClassNumber>.Form => Form<YoloForm>();

    YoloForm IYoloDetectModel<ClassNumber>.Form => Form<YoloForm>();

    YoloForm IYoloPoseModel<ClassNumber>.Form => Form<YoloForm>();

    YoloForm IYoloObbModel<ClassNumber>.Form => Form<YoloForm>();

    RtDetrForm IRtDetrModel<ClassNumber>.Form => Form<RtDetrForm>();

    ScrfdForm IScrfdModel.Form => Form<ScrfdForm>();

    MaskRcnnForm IMaskRcnnModel<ClassNumber>.Form => Form<MaskRcnnForm>();

    SemanticSegmentationForm ISemanticSegmentationModel<ClassNumber>.Form => Form<SemanticSegmentationForm>();

    ClassificationForm IClassificationModel<ClassNumber>.Form => Form<ClassificationForm>();

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => model.CreateInputs(dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => model.CreateOutputs(dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => model.Resize(inputs, dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        model.Run(inputs, outputs, cancellationToken);

    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        model.RunAsync(inputs, outputs, cancellationToken);

    private TForm Form<TForm>()
        where TForm : struct, Enum => Enum.Parse<TForm>(match.Form);

    private int Number(string name) => match.Numbers.First(number => number.Name == name).Value;
}
