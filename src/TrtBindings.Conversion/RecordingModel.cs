using TrtBindings.Vision;

namespace TrtBindings.Conversion;

/// <summary>
/// A model that is only described: the engine of its family prepares its inputs, and where it would run it, the inputs are kept.
/// </summary>
internal sealed class RecordingModel(ModelSignature signature, ModelDescription description) : IRunnableModel
{
    private ModelSample? _sample;

    public ModelSignature Signature { get; } = signature;

    public ModelDescription Description { get; } = description;

    public BackendInfo Backend { get; } = new(BackendKind.OnnxRuntimeCpu, "", "", []);

    /// <summary>Describes the model of a file.</summary>
    public static RecordingModel Of(string path)
    {
        var description = ModelSource.FromFile(path).Describe();
        var labels = ModelLabels.Of(description);
        return new(new(Path.GetFileName(path), description.Inputs, description.Outputs, labels), description);
    }

    /// <summary>The inputs that an engine prepares of a picture.</summary>
    /// <param name="engine">An engine of this model.</param>
    /// <param name="picture">The picture.</param>
    /// <exception cref="ImageException">The engine does not take the picture.</exception>
    public ModelSample Record(VisionEngine engine, ImageMemory picture)
    {
        // A fixed batch is full of the picture: what other rows would hold counts too.
        var all = new ImageMemory[engine.MaxBatch];
        Array.Fill(all, picture);
        _sample = null;
        try
        {
            engine.Run(all);
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
        _sample = ModelSample.Of(inputs);
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
