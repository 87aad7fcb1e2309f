namespace TrtBindings;

/// <summary>
/// A loaded model seen without its generated types, for code that runs any model of a family. Generated classes
/// implement it explicitly, so that an application sees only the typed members. Thread-safe.
/// </summary>
public interface IRunnableModel
{
    /// <summary>What was compiled.</summary>
    ModelSignature Signature { get; }

    /// <summary>What the loaded file says of itself.</summary>
    ModelDescription Description { get; }

    /// <summary>What runs the model.</summary>
    BackendInfo Backend { get; }

    /// <summary>Inputs with room for these values of <see cref="ModelSignature.InputDimensions"/>.</summary>
    ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions);

    /// <summary>Outputs with room for these values of <see cref="ModelSignature.OutputDimensions"/>.</summary>
    ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions);

    /// <summary>Sets the sizes in use of inputs that <see cref="CreateInputs"/> made.</summary>
    void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions);

    /// <summary>Runs once; see <see cref="OnnxModel"/>.</summary>
    void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default);

    /// <summary>The same without a thread that waits while a GPU runs the model.</summary>
    Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default);
}
