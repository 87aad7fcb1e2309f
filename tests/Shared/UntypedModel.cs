namespace TrtBindings.TestSupport;

/// <summary>
/// A model without a generated class. Its tensors are made from the description of the file when it is loaded, so that tests and
/// benchmarks can run any model. Element types without a C# form raise <see cref="NotSupportedException"/> when tensors are made.
/// </summary>
public sealed class UntypedModel : OnnxModel
{
    private readonly Dictionary<string, long[]> _unrankedShapes = [];

    private UntypedModel(ModelSignature signature, ModelSource source, ModelOptions? options)
        : base(new(signature, source, options))
    {
    }

    /// <summary>
    /// Another file to load in place of one, in what is called from here: an evaluation then measures the converted model.
    /// </summary>
    public static AsyncLocal<Func<string, string>?> Redirect { get; } = new();

    /// <summary>Loads a file.</summary>
    public static UntypedModel Load(string path, ModelOptions? options = null) =>
        Load(ModelSource.FromFile(Redirect.Value?.Invoke(path) ?? path), options);

    /// <summary>Loads a model in memory.</summary>
    public static UntypedModel Load(ReadOnlyMemory<byte> bytes, ModelOptions? options = null) =>
        Load(ModelSource.FromBytes(bytes), options);

    /// <summary>Sets the shape that an unranked input gets in <see cref="CreateInputs"/>; [1] without this.</summary>
    public void SetUnrankedShape(string input, params long[] shape) => _unrankedShapes[input] = shape;

    /// <summary>Inputs for these values of the signature's input dimensions.</summary>
    public Inputs CreateInputs(params ReadOnlySpan<long> dimensions) => new(this, _unrankedShapes, dimensions);

    /// <summary>Outputs for these values of the signature's output dimensions.</summary>
    public Outputs CreateOutputs(params ReadOnlySpan<long> dimensions) => new(this, dimensions);

    /// <summary>Inputs with every dynamic dimension at one value.</summary>
    public Inputs CreateInputsOfSize(long size) => CreateInputs([.. Signature.InputDimensions.Select(_ => size)]);

    /// <summary>Outputs with every shared dimension at one value.</summary>
    public Outputs CreateOutputsOfSize(long size) => CreateOutputs([.. Signature.OutputDimensions.Select(_ => size)]);

    /// <summary>Runs once.</summary>
    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        RunCore(inputs, outputs, cancellationToken);

    /// <summary>Runs once, without a thread that waits.</summary>
    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        RunAsyncCore(inputs, outputs, cancellationToken);

    /// <summary>Builds a file's engine, or finds it in the cache.</summary>
    public static BuiltEngine BuildEngine(string path, TensorRtOptions? options = null,
        IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default) =>
        BuildEngine(path, new ModelOptions { TensorRT = options ?? new() }, progress, cancellationToken);

    /// <summary>The same with all options of a model.</summary>
    public static BuiltEngine BuildEngine(string path, ModelOptions options,
        IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var source = ModelSource.FromFile(path);
        return BuildEngineCore(SignatureOf(source), source, options, progress, cancellationToken);
    }

    /// <summary>The same for a model whose item names its family (<c>TrtTask</c>).</summary>
    public static BuiltEngine BuildEngine(string path, string task, ModelOptions options)
    {
        var source = ModelSource.FromFile(path);
        return BuildEngineCore(SignatureOf(source, task), source, options, null, default);
    }

    /// <inheritdoc/>
    protected override ModelInputs CreateInputsCore(ReadOnlySpan<long> dimensions) => CreateInputs(dimensions);

    /// <inheritdoc/>
    protected override ModelOutputs CreateOutputsCore(ReadOnlySpan<long> dimensions) => CreateOutputs(dimensions);

    private static UntypedModel Load(ModelSource source, ModelOptions? options) => new(SignatureOf(source), source, options);

    private static ModelSignature SignatureOf(ModelSource source, string task = "")
    {
        var file = source.Describe();
        return new(source.Name, file.Inputs, file.Outputs, ModelLabels.Of(file)) { Declaration = new() { Task = task } };
    }

    private static NotSupportedException NoForm(TensorDescription tensor) =>
        new($"'{tensor.Name}' is {tensor.TypeText}, which has no tensor type here.");

    /// <summary>Inputs of any model.</summary>
    public sealed class Inputs : ModelInputs
    {
        internal Inputs(
            OnnxModel model, Dictionary<string, long[]> unrankedShapes, ReadOnlySpan<long> dimensions)
            : base(model, dimensions) => AddAll(unrankedShapes);

        internal Inputs(
            ModelSignature signature, Dictionary<string, long[]> unrankedShapes, ReadOnlySpan<long> dimensions)
            : base(signature, dimensions) => AddAll(unrankedShapes);

        /// <summary>Returns an input by its index.</summary>
        public InputTensor<T> Get<T>(int index)
            where T : unmanaged => (InputTensor<T>)Tensors[index];

        /// <summary>Returns a string input by its index.</summary>
        public StringInputTensor GetText(int index) => (StringInputTensor)Tensors[index];

        /// <summary>Sets the sizes of the dynamic dimensions.</summary>
        public void Resize(params ReadOnlySpan<long> dimensions) => ResizeTo(dimensions);

        private void AddAll(Dictionary<string, long[]> unrankedShapes)
        {
            foreach (var tensor in Signature.Inputs)
                Add(tensor, tensor.Shape.IsRanked ? [] : unrankedShapes.GetValueOrDefault(tensor.Name, [1]));
        }

        private TensorBuffer Add(TensorDescription tensor, long[] shape) => tensor.ElementType switch
        {
            _ when tensor.Kind != ValueKind.Tensor => throw NoForm(tensor),
            ElementType.Float => Add<float>(tensor, shape),
            ElementType.UInt8 => Add<byte>(tensor, shape),
            ElementType.Int8 => Add<sbyte>(tensor, shape),
            ElementType.UInt16 => Add<ushort>(tensor, shape),
            ElementType.Int16 => Add<short>(tensor, shape),
            ElementType.Int32 => Add<int>(tensor, shape),
            ElementType.Int64 => Add<long>(tensor, shape),
            ElementType.String when !tensor.Shape.IsRanked => new UnrankedStringInputTensor(NextUnrankedTensor(shape)),
            ElementType.String => AddStringTensor(),
            ElementType.Bool => Add<bool>(tensor, shape),
            ElementType.Float16 => Add<Half>(tensor, shape),
            ElementType.Double => Add<double>(tensor, shape),
            ElementType.UInt32 => Add<uint>(tensor, shape),
            ElementType.UInt64 => Add<ulong>(tensor, shape),
            ElementType.BFloat16 => Add<BFloat16>(tensor, shape),
            _ => throw NoForm(tensor),
        };

        private InputTensor<T> Add<T>(TensorDescription tensor, long[] shape)
            where T : unmanaged =>
            tensor.Shape.IsRanked ? AddTensor<T>() : new UnrankedInputTensor<T>(NextUnrankedTensor(shape));
    }

    /// <summary>Outputs of any model.</summary>
    public sealed class Outputs : ModelOutputs
    {
        internal Outputs(OnnxModel model, ReadOnlySpan<long> dimensions)
            : base(model, dimensions) => AddAll();

        internal Outputs(ModelSignature signature, ReadOnlySpan<long> dimensions)
            : base(signature, dimensions) => AddAll();

        /// <summary>Returns an output by its index.</summary>
        public OutputTensor<T> Get<T>(int index)
            where T : unmanaged => (OutputTensor<T>)Tensors[index];

        /// <summary>Returns a string output by its index.</summary>
        public StringOutputTensor GetText(int index) => (StringOutputTensor)Tensors[index];

        private void AddAll()
        {
            foreach (var tensor in Signature.Outputs) Add(tensor);
        }

        private TensorBuffer Add(TensorDescription tensor) => tensor.ElementType switch
        {
            _ when tensor.Kind != ValueKind.Tensor => throw NoForm(tensor),
            ElementType.Float => AddTensor<float>(),
            ElementType.UInt8 => AddTensor<byte>(),
            ElementType.Int8 => AddTensor<sbyte>(),
            ElementType.UInt16 => AddTensor<ushort>(),
            ElementType.Int16 => AddTensor<short>(),
            ElementType.Int32 => AddTensor<int>(),
            ElementType.Int64 => AddTensor<long>(),
            ElementType.String => AddStringTensor(),
            ElementType.Bool => AddTensor<bool>(),
            ElementType.Float16 => AddTensor<Half>(),
            ElementType.Double => AddTensor<double>(),
            ElementType.UInt32 => AddTensor<uint>(),
            ElementType.UInt64 => AddTensor<ulong>(),
            ElementType.BFloat16 => AddTensor<BFloat16>(),
            _ => throw NoForm(tensor),
        };
    }
}
