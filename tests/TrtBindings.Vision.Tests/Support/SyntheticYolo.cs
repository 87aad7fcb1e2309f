namespace TrtBindings.Vision.Tests.Support;

/// <summary>A YOLO model with one output whose values are set by hand, for square images in a fixed batch.</summary>
internal sealed class SyntheticYolo : IYoloDetectModel<Thing>, IYoloPoseModel<Thing>, IYoloObbModel<Thing>, IHookedModel
{
    private readonly float[][] _outputs;
    private ModelInputs? _inputs;

    /// <param name="form">Layout of the output.</param>
    /// <param name="rows">Its second dimension.</param>
    /// <param name="columns">Its third.</param>
    /// <param name="outputs">The output for each image of the batch.</param>
    /// <param name="side">Width and height of the input.</param>
    /// <param name="labels">Number of labels.</param>
    /// <param name="channels">Channels of the input.</param>
    public SyntheticYolo(
        YoloForm form, int rows, int columns, float[][] outputs, int side = 640, int labels = 5, int channels = 3)
    {
        _outputs = outputs;
        Form = form;
        Signature = new(
            "synthetic.onnx", new([SyntheticYoloSeg.Tensor("images", outputs.Length, channels, side, side)]),
            new([SyntheticYoloSeg.Tensor("output0", outputs.Length, rows, columns)]),
            new([.. Enumerable.Range(0, labels).Select(i => ((Thing)i).ToString())]));
        Description = new() { Inputs = Signature.Inputs, Outputs = Signature.Outputs };
    }

    public YoloForm Form { get; }

    public int KeyPointCount { get; init; } = 1;

    public int KeyPointValues { get; init; } = 3;

    public Action<ModelOutputs>? Ran { get; set; }

    /// <summary>What the last run was given.</summary>
    public float[] LastInput => ((InputTensor<float>)_inputs!.Tensors[0]).Span.ToArray();

    public ModelSignature Signature { get; }

    public ModelDescription Description { get; }

    public BackendInfo Backend { get; } = new(BackendKind.OnnxRuntimeCpu, "0", "none", []);

    /// <summary>A dense output with one column for each anchor: box, scores and the family's own values.</summary>
    public static float[] Dense(int rows, params float[][] anchors)
    {
        var output = new float[rows * anchors.Length];
        for (var i = 0; i < anchors.Length; i++)
            for (var row = 0; row < anchors[i].Length; row++) output[(row * anchors.Length) + i] = anchors[i][row];
        return output;
    }

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => new Inputs(Signature, dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => new Outputs(Signature, dimensions, _outputs);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => ((Inputs)inputs).Resize(dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _inputs = inputs;
        Ran?.Invoke(outputs);
    }

    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        Run(inputs, outputs, cancellationToken);
        return Task.CompletedTask;
    }

    private sealed class Inputs : ModelInputs
    {
        public Inputs(ModelSignature signature, ReadOnlySpan<long> dimensions)
            : base(signature, dimensions) => AddTensor<float>();

        public void Resize(ReadOnlySpan<long> dimensions) => ResizeTo(dimensions);
    }

    private sealed class Outputs : ModelOutputs
    {
        public Outputs(ModelSignature signature, ReadOnlySpan<long> dimensions, float[][] outputs)
            : base(signature, dimensions)
        {
            float[] all = [.. outputs.SelectMany(output => output)];
            AddTensor<float>(all);
        }
    }
}
