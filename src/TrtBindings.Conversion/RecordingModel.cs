namespace TrtBindings.Conversion;

/// <summary>
/// A model that is only described: engines prepare its inputs, and where they would run it, the inputs are kept. Each family's
/// interface is a class of <c>FamilyModels</c>.
/// </summary>
#pragma warning disable CA1852 // Not sealed: the models of families derive from it. The tool compiles this file without them.
internal class RecordingModel(ModelSignature signature, ModelDescription description) : IRunnableModel
#pragma warning restore CA1852
{
    private ModelSample? _sample;

    protected RecordingModel(RecordingModel model)
        : this(model.Signature, model.Description) => Owner = model;

    public ModelSignature Signature { get; } = signature;

    public ModelDescription Description { get; } = description;

    public BackendInfo Backend { get; } = new(BackendKind.OnnxRuntimeCpu, "", "", []);

    /// <summary>The model that keeps the inputs for this one.</summary>
    private RecordingModel? Owner { get; }

    /// <summary>The inputs that an engine prepares in a call.</summary>
    /// <exception cref="Vision.ImageException">The engine does not take the picture.</exception>
    public ModelSample Record(Action call)
    {
        _sample = null;
        try
        {
            call();
        }
        catch (RecordedException)
        {
            // The only way out of an engine before it looks for results.
        }

        return _sample ?? throw new InvalidOperationException("The engine did not run its model.");
    }

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => new RecordedInputs(Signature, dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => new RecordedOutputs(Signature, dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => ((RecordedInputs)inputs).Resize(dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        (Owner ?? this)._sample = ModelSample.Of(inputs);
        throw new RecordedException();
    }

    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    private static NotSupportedException NoForm(TensorDescription tensor) =>
        new($"'{tensor}' has a type that no engine takes.");

    private sealed class RecordedException : Exception;

    private sealed class RecordedInputs : ModelInputs
    {
        public RecordedInputs(ModelSignature signature, ReadOnlySpan<long> dimensions)
            : base(signature, dimensions)
        {
            foreach (var tensor in signature.Inputs)
            {
                TensorBuffer _ = tensor.ElementType switch
                {
                    ElementType.Float => AddTensor<float>(),
                    ElementType.Float16 => AddTensor<Half>(),
                    ElementType.UInt8 => AddTensor<byte>(),
                    ElementType.Int32 => AddTensor<int>(),
                    ElementType.Int64 => AddTensor<long>(),
                    _ => throw NoForm(tensor),
                };
            }
        }

        public void Resize(ReadOnlySpan<long> dimensions) => ResizeTo(dimensions);
    }

    private sealed class RecordedOutputs : ModelOutputs
    {
        public RecordedOutputs(ModelSignature signature, ReadOnlySpan<long> dimensions)
            : base(signature, dimensions)
        {
            foreach (var tensor in signature.Outputs)
            {
                TensorBuffer _ = tensor.ElementType switch
                {
                    ElementType.Float => AddTensor<float>(),
                    ElementType.Float16 => AddTensor<Half>(),
                    ElementType.UInt8 => AddTensor<byte>(),
                    ElementType.Int8 => AddTensor<sbyte>(),
                    ElementType.Int32 => AddTensor<int>(),
                    ElementType.Int64 => AddTensor<long>(),
                    ElementType.Bool => AddTensor<bool>(),
                    _ => throw NoForm(tensor),
                };
            }
        }
    }
}
