namespace TrtBindings.Conversion;

/// <summary>A model of which only the description is there: it has tensors of its inputs and outputs, and never runs.</summary>
internal sealed class DescribedModel(ModelSignature signature, ModelDescription description) : IRunnableModel
{
    public ModelSignature Signature { get; } = signature;

    public ModelDescription Description { get; } = description;

    public BackendInfo Backend { get; } = new(BackendKind.OnnxRuntimeCpu, "", "", []);

    /// <summary>Describes the model of a file.</summary>
    public static DescribedModel Of(string path)
    {
        var description = ModelSource.FromFile(path).Describe();
        var labels = ModelLabels.Of(description);
        return new(new(Path.GetFileName(path), description.Inputs, description.Outputs, labels), description);
    }

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => new DescribedInputs(Signature, dimensions);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => new DescribedOutputs(Signature, dimensions);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => ((DescribedInputs)inputs).Resize(dimensions);

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    private static NotSupportedException NoForm(TensorDescription tensor) =>
        new($"'{tensor}' has a type that no engine takes.");

    private sealed class DescribedInputs : ModelInputs
    {
        public DescribedInputs(ModelSignature signature, ReadOnlySpan<long> dimensions)
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

    private sealed class DescribedOutputs : ModelOutputs
    {
        public DescribedOutputs(ModelSignature signature, ReadOnlySpan<long> dimensions)
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
