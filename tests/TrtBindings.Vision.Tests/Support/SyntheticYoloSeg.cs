namespace TrtBindings.Vision.Tests.Support;

/// <summary>
/// A model of a fixed batch whose outputs are set by hand, to test what an engine does around its model. Signatures
/// may be changed to be wrong.
/// </summary>
internal sealed class SyntheticYoloSeg : IYoloSegModel<Thing>, IHookedModel
{
    private readonly SyntheticHead[] _heads;

    private SyntheticYoloSeg(SyntheticHead[] heads, ModelSignature signature, string? imgsz)
    {
        _heads = heads;
        Signature = signature;
        Description = new()
        {
            Inputs = signature.Inputs,
            Outputs = signature.Outputs,
            Metadata = imgsz is null ? default : new([new("imgsz", imgsz)]),
        };
    }

    public YoloForm Form => _heads[0].Form;

    public ModelSignature Signature { get; }

    public ModelDescription Description { get; }

    public BackendInfo Backend { get; } = new(BackendKind.OnnxRuntimeCpu, "0", "none", []);

    public Action<ModelOutputs>? Ran { get; set; }

    /// <summary>The inputs of the last run.</summary>
    public float[] LastInput { get; private set; } = [];

    /// <summary>Number of images of the last run.</summary>
    public int LastBatch { get; private set; }

    /// <summary>A model whose outputs are these heads, one for each image of 64 x 64 in the batch.</summary>
    public static SyntheticYoloSeg Of(params SyntheticHead[] heads)
    {
        var (head, batch) = (heads[0], heads.Length);
        return new(
            heads,
            Signed(
                Tensor("images", batch, 3, 64, 64), Tensor("output0", batch, head.Rows, head.Columns),
                Tensor("output1", batch, head.Prototypes.Length / 256, 16, 16)),
            null);
    }

    /// <summary>A model with any declared tensors. It cannot run.</summary>
    public static SyntheticYoloSeg Declaring(
        YoloForm form, TensorDescription input, TensorDescription predictions, TensorDescription prototypes,
        string? imgsz = null) => new(
            [form == YoloForm.Dense ? SyntheticHead.Dense(5, 1) : SyntheticHead.EndToEnd(1)],
            Signed(input, predictions, prototypes), imgsz);

    /// <summary>A float tensor; a dimension is a number, a name, or nothing.</summary>
    public static TensorDescription Tensor(string name, params object?[] dimensions) => new(
        name, ValueKind.Tensor, ElementType.Float,
        SymbolicShape.Of([.. dimensions.Select(value =>
            value is int size ? Dimension.Fixed(size) : Dimension.FromParameter((string?)value))]),
        "tensor(float)", "");

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => new Inputs(Signature, dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => new Outputs(Signature, _heads, dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => ((Inputs)inputs).Resize(dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var images = (InputTensor<float>)inputs.Tensors[0];
        if (LastInput.Length != images.ElementCount) LastInput = new float[images.ElementCount];
        images.Span.CopyTo(LastInput);
        LastBatch = (int)images.Lengths[0];
        ((Outputs)outputs).Fill(_heads);
        Ran?.Invoke(outputs);
    }

    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        Run(inputs, outputs, cancellationToken);
        return Task.CompletedTask;
    }

    private static ModelSignature Signed(TensorDescription input, TensorDescription predictions, TensorDescription prototypes) =>
        new("synthetic.onnx", new([input]), new([predictions, prototypes]), new(Enum.GetNames<Thing>()));

    private sealed class Inputs : ModelInputs
    {
        public Inputs(ModelSignature signature, ReadOnlySpan<long> dimensions)
            : base(signature, dimensions) => AddTensor<float>();

        public void Resize(ReadOnlySpan<long> dimensions) => ResizeTo(dimensions);
    }

    private sealed class Outputs : ModelOutputs
    {
        private readonly float[] _predictions;
        private readonly float[] _prototypes;

        public Outputs(ModelSignature signature, SyntheticHead[] heads, ReadOnlySpan<long> dimensions)
            : base(signature, dimensions)
        {
            AddTensor<float>(_predictions = new float[heads.Sum(head => head.Predictions.Length)]);
            AddTensor<float>(_prototypes = new float[heads.Sum(head => head.Prototypes.Length)]);
        }

        public void Fill(SyntheticHead[] heads)
        {
            for (var i = 0; i < heads.Length; i++)
            {
                heads[i].Predictions.CopyTo(_predictions, i * heads[i].Predictions.Length);
                heads[i].Prototypes.CopyTo(_prototypes, i * heads[i].Prototypes.Length);
            }
        }
    }
}
