namespace TrtBindings.Vision.AnyFamily;

/// <summary>
/// A model of the sizes of one run that gives what the run gave, whatever picture it gets: engines then read these outputs.
/// </summary>
internal sealed class RecordedModel : IRunnableModel
{
    private readonly TensorSet _outputs;

    /// <summary>Takes the shapes of a run.</summary>
    /// <param name="model">What the file says.</param>
    /// <param name="inputs">Inputs of the run.</param>
    /// <param name="outputs">Its outputs, which must stay.</param>
    public RecordedModel(ModelDescription model, TensorSet inputs, TensorSet outputs)
    {
        (Description, _outputs) = (model, outputs);
        Signature = new(
            "the model", [.. inputs.Tensors.Select(Fixed)], [.. outputs.Tensors.Select(Fixed)], ModelLabels.Of(model));
    }

    public ModelSignature Signature { get; }

    public ModelDescription Description { get; }

    public BackendInfo Backend { get; } = new(BackendKind.OnnxRuntimeCpu, "", "", []);

    public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => new FixedInputs(Signature);

    public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => new RecordedOutputs(Signature, _outputs);

    public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions)
    {
        // There is one size.
    }

    public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
    {
        // The outputs are those of the run from the beginning.
    }

    public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    private static TensorDescription Fixed(TensorBuffer tensor) => TensorDescription.Of(
        tensor.Name, tensor.Description.ElementType, [.. tensor.Lengths.ToArray().Select(length => Dimension.Fixed(length))]);

    private static NotSupportedException NoForm(TensorDescription tensor) => new($"'{tensor}' has a type that no engine takes.");

    private sealed class FixedInputs : ModelInputs
    {
        public FixedInputs(ModelSignature signature)
            : base(signature)
        {
            foreach (var tensor in signature.Inputs)
            {
                TensorBuffer _ = tensor.ElementType switch
                {
                    ElementType.Float => AddTensor<float>(),
                    ElementType.Float16 => AddTensor<Half>(),
                    _ => throw NoForm(tensor),
                };
            }
        }
    }

    private sealed class RecordedOutputs : ModelOutputs
    {
        public RecordedOutputs(ModelSignature signature, TensorSet recorded)
            : base(signature)
        {
            foreach (var tensor in recorded.Tensors)
            {
                TensorBuffer _ = tensor switch
                {
                    OutputTensor<float> values => Add(values),
                    OutputTensor<Half> values => Add(values),
                    OutputTensor<long> values => Add(values),
                    OutputTensor<int> values => Add(values),
                    OutputTensor<byte> values => Add(values),
                    OutputTensor<sbyte> values => Add(values),
                    OutputTensor<bool> values => Add(values),
                    _ => throw NoForm(tensor.Description),
                };
            }
        }

        private OutputTensor<T> Add<T>(OutputTensor<T> recorded)
            where T : unmanaged => AddTensor<T>(recorded.Span.ToArray());
    }
}
