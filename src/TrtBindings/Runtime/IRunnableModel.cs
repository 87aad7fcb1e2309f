namespace TrtBindings;

/// <summary>
/// A loaded model without its generated types, for code that runs any model of a family. Generated classes implement it
/// explicitly, so an application sees only the typed members. Thread-safe.
/// </summary>
public interface IRunnableModel
{
    /// <summary>The model that the class was compiled for.</summary>
    ModelSignature Signature { get; }

    /// <summary>The description in the loaded file.</summary>
    ModelDescription Description { get; }

    /// <summary>The backend that runs the model.</summary>
    BackendInfo Backend { get; }

    /// <summary>The GPU that runs the model; <see langword="null"/> without one.</summary>
    ModelGpu? Gpu => null;

    /// <summary>Allocates inputs for these values of <see cref="ModelSignature.InputDimensions"/>.</summary>
    ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions);

    /// <summary>Allocates outputs for these values of <see cref="ModelSignature.OutputDimensions"/>.</summary>
    ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions);

    /// <summary>Sets the sizes in use of inputs that <see cref="CreateInputs"/> made.</summary>
    void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions);

    /// <summary>Runs once; see <see cref="OnnxModel"/>.</summary>
    void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default);

    /// <summary>The same without a thread that waits while a GPU runs the model.</summary>
    Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default);
}
