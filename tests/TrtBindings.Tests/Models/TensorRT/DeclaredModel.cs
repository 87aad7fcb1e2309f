using TrtBindings.Tests.Backends;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>y = x + x, float [batch, 3], like a class generated for TensorRT with a profile.</summary>
internal sealed class DeclaredModel : OnnxModel
{
    private static readonly ModelSignature Compiled = new("double.onnx", new([Tensor("x")]), new([Tensor("y")]))
    {
        Declaration = new()
        {
            Profiles = new([new OptimizationProfile(new([new(0, "batch", 1, 4, 16)]))]), Backend = RequestedBackend.TensorRT,
        },
    };

    private DeclaredModel(ModelSource source, ModelOptions? options, CancellationToken cancellationToken = default)
        : base(new(Compiled, source, options, cancellationToken))
    {
    }

    public static DeclaredModel Load(ModelOptions options, CancellationToken cancellationToken = default) =>
        new(ModelSource.FromBytes(TestModels.Double()), options, cancellationToken);

    public static DeclaredModel Load(string path, ModelOptions options) => new(ModelSource.FromFile(path), options);

    public static DeclaredModel LoadEngine(string path, ModelOptions? options = null) =>
        new(ModelSource.FromEngine(path), options);

    public static BuiltEngine BuildEngine(
        ModelOptions options, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default) =>
        BuildEngineCore(Compiled, ModelSource.FromBytes(TestModels.Double()), options, progress, cancellationToken);

    public static BuiltEngine BuildEngine(string path, ModelOptions options) =>
        BuildEngineCore(Compiled, ModelSource.FromFile(path), options, null, default);

    public InputSet Inputs(long batch) => new(this, batch);

    public OutputSet Outputs(long batch) => new(this, batch);

    public InputSet Inputs(long batch, Memory<float> x) => new(this, batch, x);

    public OutputSet Outputs(long batch, Memory<float> y) => new(this, batch, y);

    public void Run(InputSet inputs, OutputSet outputs, CancellationToken cancellationToken = default) =>
        RunCore(inputs, outputs, cancellationToken);

    public Task RunAsync(InputSet inputs, OutputSet outputs, CancellationToken cancellationToken = default) =>
        RunAsyncCore(inputs, outputs, cancellationToken);

    public void WarmUp(long batch) => WarmUpCore(Inputs(batch), Outputs(batch));

    protected override ModelInputs CreateInputsCore(ReadOnlySpan<long> dimensions) => Inputs(dimensions[0]);

    protected override ModelOutputs CreateOutputsCore(ReadOnlySpan<long> dimensions) => Outputs(dimensions[0]);

    private static TensorDescription Tensor(string name) => new(name, ValueKind.Tensor, ElementType.Float,
        SymbolicShape.Of(Dimension.FromParameter("batch"), Dimension.Fixed(3)), "tensor(float)", "");

    internal sealed class InputSet : ModelInputs
    {
        public InputSet(OnnxModel model, long batch)
            : base(model, batch) => X = AddTensor<float>();

        public InputSet(OnnxModel model, long batch, Memory<float> x)
            : base(model, batch) => X = AddTensor(x);

        public InputTensor<float> X { get; }

        public void Resize(long batch) => ResizeTo(batch);
    }

    internal sealed class OutputSet : ModelOutputs
    {
        public OutputSet(OnnxModel model, long batch)
            : base(model, batch) => Y = AddTensor<float>();

        public OutputSet(OnnxModel model, long batch, Memory<float> y)
            : base(model, batch) => Y = AddTensor(y);

        public OutputTensor<float> Y { get; }
    }
}
