namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Collects the parts of a <see cref="ModelDescription"/> while the file is read.</summary>
internal sealed class ModelTally
{
    private readonly Dictionary<string, Dictionary<string, OperatorTally>> _operatorsByDomain = [];

    public long IrVersion { get; set; }
    public string ProducerName { get; set; } = "";
    public string ProducerVersion { get; set; } = "";
    public string Domain { get; set; } = "";
    public long ModelVersion { get; set; }
    public string Documentation { get; set; } = "";
    public string GraphName { get; set; } = "";
    public string GraphDocumentation { get; set; } = "";
    public int NodeCount { get; set; }
    public int TrainingInfoCount { get; set; }

    /// <summary>The first initializer whose elements are missing.</summary>
    public string? InitializerWithoutData { get; set; }

    /// <summary>Bytes of all constant tensors.</summary>
    public long WeightBytes { get; private set; }

    /// <summary>Number of nodes in all graphs and functions.</summary>
    public int AllNodeCount { get; set; }

    /// <summary>All inputs, including those with an initializer: that is known only at the end of the file.</summary>
    public List<TensorDescription> Inputs { get; } = [];
    public List<TensorDescription> Outputs { get; } = [];
    public List<string> InitializerNames { get; } = [];
    public List<OpsetImport> Opsets { get; } = [];
    public List<MetadataEntry> Metadata { get; } = [];
    public List<string> Functions { get; } = [];
    public List<OperatorTally> Operators { get; } = [];

    /// <summary>The operators that compute the values of the main graph.</summary>
    public ProducerTally Producers { get; } = new();

    /// <summary>What decides the shapes of the main graph.</summary>
    public ShapeTally Shapes { get; } = new();

    /// <summary>Number of initializers per element type, indexed by the type.</summary>
    public int[] InitializerTypes { get; } = new int[ElementTypeReader.KnownCount];

    /// <summary>Required size of each external file in bytes.</summary>
    public Dictionary<string, long> ExternalFiles { get; } = [];

    /// <summary>Counts a node. Returns true if its operator was not seen before.</summary>
    public bool CountOperator(string domain, string name)
    {
        if (!_operatorsByDomain.TryGetValue(domain, out var names)) _operatorsByDomain.Add(domain, names = []);
        if (names.TryGetValue(name, out var tally))
        {
            tally.Count++;
            return false;
        }

        names.Add(name, tally = new OperatorTally(domain, name));
        Operators.Add(tally);
        return true;
    }

    /// <summary>Adds the bytes of a constant tensor. Shapes of damaged files may add up to more than a number holds.</summary>
    public void AddWeight(long bytes) => WeightBytes += Math.Min(bytes, long.MaxValue - WeightBytes);

    /// <summary>Records that a tensor needs an external file of at least this many bytes.</summary>
    public void AddExternalFile(string location, long requiredLength)
    {
        ExternalFiles.TryGetValue(location, out var known);
        ExternalFiles[location] = Math.Max(known, requiredLength);
    }

    /// <summary>Makes the description.</summary>
    public ModelDescription ToDescription()
    {
        var required = new List<TensorDescription>(Inputs.Count);
        var overridable = new List<TensorDescription>();
        SplitInputs(required, overridable);
        return new ModelDescription
        {
            IrVersion = IrVersion,
            ProducerName = ProducerName,
            ProducerVersion = ProducerVersion,
            Domain = Domain,
            ModelVersion = ModelVersion,
            Documentation = Documentation,
            GraphName = GraphName,
            GraphDocumentation = GraphDocumentation,
            Inputs = new(required.ToArray()),
            OverridableInputs = new(overridable.ToArray()),
            Outputs = new(Shapes.Mark(required, Outputs, overridable)),
            Opsets = new(Opsets.ToArray()),
            Metadata = new(Metadata.ToArray()),
            ExternalData = new(SortedExternalFiles()),
            Operators = new(SortedOperators()),
            OutputOperators = new(OperatorsOfOutputs()),
            InitializerTypes = new(SortedInitializerTypes()),
            InitializerCount = InitializerNames.Count,
            WeightBytes = WeightBytes,
            NodeCount = NodeCount,
            Functions = new(Functions.ToArray()),
            TrainingInfoCount = TrainingInfoCount,
            InitializerWithoutData = InitializerWithoutData,
        };
    }

    private void SplitInputs(List<TensorDescription> required, List<TensorDescription> overridable)
    {
        var initialized = Inputs.Count == 0 ? [] : new HashSet<string>(InitializerNames);
        foreach (var input in Inputs)
            (input.Name.Length > 0 && initialized.Contains(input.Name) ? overridable : required).Add(input);
    }

    private ExternalDataReference[] SortedExternalFiles()
    {
        if (ExternalFiles.Count == 0) return [];
        var files = new List<ExternalDataReference>(ExternalFiles.Count);
        foreach (var file in ExternalFiles) files.Add(new ExternalDataReference(file.Key, file.Value));
        files.Sort(static (a, b) => string.CompareOrdinal(a.Location, b.Location));
        return files.ToArray();
    }

    private string[] OperatorsOfOutputs()
    {
        var operators = new string[Outputs.Count];
        for (var i = 0; i < operators.Length; i++)
            operators[i] = Producers.OperatorOf(ProtobufReader.NameHash(Outputs[i].Name));
        return operators;
    }

    private OperatorCount[] SortedOperators()
    {
        Operators.Sort(OperatorTally.Compare);
        var counts = new OperatorCount[Operators.Count];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = new OperatorCount(Operators[i].Domain, Operators[i].Name, Operators[i].Count);
        return counts;
    }

    private ElementTypeCount[] SortedInitializerTypes()
    {
        var counts = new List<ElementTypeCount>();
        for (var type = 0; type < InitializerTypes.Length; type++)
            if (InitializerTypes[type] > 0) counts.Add(new ElementTypeCount((ElementType)type, InitializerTypes[type]));
        return counts.ToArray();
    }
}

/// <summary>An operator and its number of uses so far.</summary>
internal sealed class OperatorTally(string domain, string name)
{
    public string Domain { get; } = domain;
    public string Name { get; } = name;
    public int Count { get; set; } = 1;

    /// <summary>Compares by domain, then by name.</summary>
    public static int Compare(OperatorTally left, OperatorTally right)
    {
        var byDomain = string.CompareOrdinal(left.Domain, right.Domain);
        return byDomain != 0 ? byDomain : string.CompareOrdinal(left.Name, right.Name);
    }
}
