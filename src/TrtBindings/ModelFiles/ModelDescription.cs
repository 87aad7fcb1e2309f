namespace TrtBindings;

/// <summary>What an .onnx file says of itself, weights aside. Everything is as written in the file.</summary>
public sealed record ModelDescription
{
    /// <summary>ONNX IR version.</summary>
    public long IrVersion { get; init; }
    /// <summary>Tool that wrote the file.</summary>
    public string ProducerName { get; init; } = "";
    /// <summary>Version of that tool.</summary>
    public string ProducerVersion { get; init; } = "";
    /// <summary>The model's domain.</summary>
    public string Domain { get; init; } = "";
    /// <summary>The model's own version number.</summary>
    public long ModelVersion { get; init; }
    /// <summary>The model's <c>doc_string</c>.</summary>
    public string Documentation { get; init; } = "";
    /// <summary>Name of the main graph.</summary>
    public string GraphName { get; init; } = "";
    /// <summary>The main graph's <c>doc_string</c>.</summary>
    public string GraphDocumentation { get; init; } = "";
    /// <summary>Inputs that the caller must give, in file order.</summary>
    public EquatableArray<TensorDescription> Inputs { get; init; }
    /// <summary>Inputs that have an initializer, which stands in when the caller gives nothing.</summary>
    public EquatableArray<TensorDescription> OverridableInputs { get; init; }
    /// <summary>Outputs, in file order.</summary>
    public EquatableArray<TensorDescription> Outputs { get; init; }
    /// <summary>Operator sets by domain.</summary>
    public EquatableArray<OpsetImport> Opsets { get; init; }
    /// <summary><c>metadata_props</c>, in file order.</summary>
    public EquatableArray<MetadataEntry> Metadata { get; init; }
    /// <summary>Files outside the .onnx that it needs, one entry a file, ordinal order of location.</summary>
    public EquatableArray<ExternalDataReference> ExternalData { get; init; }
    /// <summary>Operators in use, ordered by domain and name.</summary>
    public EquatableArray<OperatorCount> Operators { get; init; }
    /// <summary>
    /// For each output the operator that computes it, <c>Softmax</c> or <c>domain:Name</c>, without operators that only change
    /// type or shape; empty text where the main graph does not tell.
    /// </summary>
    public EquatableArray<string> OutputOperators { get; init; }
    /// <summary>Element types of the initializers, ordered by type.</summary>
    public EquatableArray<ElementTypeCount> InitializerTypes { get; init; }
    /// <summary>Initializers of the main graph, dense and sparse.</summary>
    public int InitializerCount { get; init; }
    /// <summary>Nodes of the main graph.</summary>
    public int NodeCount { get; init; }
    /// <summary>Model-local functions, as <c>domain:name</c>.</summary>
    public EquatableArray<string> Functions { get; init; }
    /// <summary>Entries of <c>training_info</c>.</summary>
    public int TrainingInfoCount { get; init; }

    /// <summary>The value of a metadata key; <see langword="null"/> if the file has none.</summary>
    public string? FindMetadata(string key)
    {
        foreach (var entry in Metadata)
            if (string.Equals(entry.Key, key, StringComparison.Ordinal)) return entry.Value;
        return null;
    }
}
