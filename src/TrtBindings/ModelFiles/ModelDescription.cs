namespace TrtBindings;

/// <summary>The content of an .onnx file without the weights. All values are as written in the file.</summary>
public sealed record ModelDescription
{
    private const int MostOptional = 16;

    /// <summary>ONNX IR version.</summary>
    public long IrVersion { get; init; }
    /// <summary>The tool that wrote the file.</summary>
    public string ProducerName { get; init; } = "";
    /// <summary>Version of that tool.</summary>
    public string ProducerVersion { get; init; } = "";
    /// <summary>Domain of the model.</summary>
    public string Domain { get; init; } = "";
    /// <summary>Version number of the model.</summary>
    public long ModelVersion { get; init; }
    /// <summary><c>doc_string</c> of the model.</summary>
    public string Documentation { get; init; } = "";
    /// <summary>Name of the main graph.</summary>
    public string GraphName { get; init; } = "";
    /// <summary><c>doc_string</c> of the main graph.</summary>
    public string GraphDocumentation { get; init; } = "";
    /// <summary>Inputs that the caller must provide, in file order.</summary>
    public EquatableArray<TensorDescription> Inputs { get; init; }
    /// <summary>Inputs with an initializer, which is the default if the caller provides no value.</summary>
    public EquatableArray<TensorDescription> OverridableInputs { get; init; }
    /// <summary>
    /// Those of <see cref="OverridableInputs"/> that a caller may give. Before IR version 4 every initializer had to be listed as
    /// an input, and runtimes take them as constants. Some exporters still list all weights; those are no inputs either.
    /// </summary>
    public EquatableArray<TensorDescription> OptionalInputs =>
        IrVersion < 4 || (OverridableInputs.Count > MostOptional && 2 * OverridableInputs.Count > InitializerCount)
            ? default
            : OverridableInputs;

    /// <summary>Outputs, in file order.</summary>
    public EquatableArray<TensorDescription> Outputs { get; init; }
    /// <summary>Operator sets that the model uses.</summary>
    public EquatableArray<OpsetImport> Opsets { get; init; }
    /// <summary><c>metadata_props</c>, in file order.</summary>
    public EquatableArray<MetadataEntry> Metadata { get; init; }
    /// <summary>External data files that the model needs, one entry per file, in ordinal order of location.</summary>
    public EquatableArray<ExternalDataReference> ExternalData { get; init; }
    /// <summary>Operators that the model uses, ordered by domain and name.</summary>
    public EquatableArray<OperatorCount> Operators { get; init; }
    /// <summary>
    /// For each output, the operator that computes it: <c>Softmax</c> or <c>domain:Name</c>. Operators that only change the
    /// type or shape are skipped. Empty if the main graph does not show it.
    /// </summary>
    public EquatableArray<string> OutputOperators { get; init; }
    /// <summary>Element types of the initializers, ordered by type.</summary>
    public EquatableArray<ElementTypeCount> InitializerTypes { get; init; }
    /// <summary>Number of initializers in the main graph, dense and sparse.</summary>
    public int InitializerCount { get; init; }
    /// <summary>
    /// Bytes of all constant tensors: initializers and tensors in attributes, inside and outside the file. By shape and type, so
    /// strings count nothing.
    /// </summary>
    public long WeightBytes { get; init; }
    /// <summary>Number of nodes in the main graph.</summary>
    public int NodeCount { get; init; }
    /// <summary>Functions that the model defines, as <c>domain:name</c>.</summary>
    public EquatableArray<string> Functions { get; init; }
    /// <summary>Number of entries in <c>training_info</c>.</summary>
    public int TrainingInfoCount { get; init; }

    /// <summary>The first initializer whose shape has elements of which the file holds none; runtimes refuse it.</summary>
    public string? InitializerWithoutData { get; init; }

    /// <summary>The value of a metadata key; <see langword="null"/> if the file does not have it.</summary>
    public string? FindMetadata(string key)
    {
        foreach (var entry in Metadata)
            if (string.Equals(entry.Key, key, StringComparison.Ordinal)) return entry.Value;
        return null;
    }
}

/// <summary>An operator set that the model uses.</summary>
/// <param name="Domain">The domain as written; empty for <c>ai.onnx</c>.</param>
/// <param name="Version">The version.</param>
public sealed record OpsetImport(string Domain, long Version);

/// <summary>One entry of <c>metadata_props</c>.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as written.</param>
public sealed record MetadataEntry(string Key, string Value);

/// <summary>A file beside the .onnx that contains weights.</summary>
/// <param name="Location">The path as written, relative to the folder of the model.</param>
/// <param name="RequiredLength">
/// Minimum size of the file in bytes: the largest offset plus length of the tensors in it. If a tensor declares no length,
/// it is computed from the dimensions and the element type.
/// </param>
public sealed record ExternalDataReference(string Location, long RequiredLength);

/// <summary>Number of uses of an operator, including subgraphs and function bodies.</summary>
/// <param name="Domain">The domain as written; empty for <c>ai.onnx</c>.</param>
/// <param name="Name">The operator type.</param>
/// <param name="Count">Number of nodes.</param>
public sealed record OperatorCount(string Domain, string Name, int Count);

/// <summary>Number of initializers with one element type.</summary>
/// <param name="ElementType">The element type.</param>
/// <param name="Count">Number of initializers.</param>
public sealed record ElementTypeCount(ElementType ElementType, int Count);
