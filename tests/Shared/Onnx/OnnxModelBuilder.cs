namespace TrtBindings.TestSupport;

/// <summary>
/// Builds small .onnx files that ONNX Runtime loads, so that tests need no foreign models.
/// IR version 8 and operator set 17 by default.
/// </summary>
public sealed class OnnxModelBuilder
{
    private readonly OnnxGraphBuilder _graph = new();
    private readonly List<Action<ProtobufWriter>> _opsets = [];
    private readonly List<Action<ProtobufWriter>> _metadata = [];
    private readonly List<Action<ProtobufWriter>> _functions = [];
    private long _irVersion = 8;
    private string _producer = "TrtBindings.Tests";
    private string? _documentation;
    private bool _hasVersions = true;

    /// <summary>Sets the IR version.</summary>
    public OnnxModelBuilder IrVersion(long version)
    {
        _irVersion = version;
        return this;
    }

    /// <summary>Leaves out the IR version and the operator sets, as no exporter does.</summary>
    public OnnxModelBuilder WithoutVersions()
    {
        _hasVersions = false;
        return this;
    }

    /// <summary>Sets the producer's name.</summary>
    public OnnxModelBuilder Producer(string name)
    {
        _producer = name;
        return this;
    }

    /// <summary>Sets the model's <c>doc_string</c>.</summary>
    public OnnxModelBuilder Documentation(string text)
    {
        _documentation = text;
        return this;
    }

    /// <summary>Imports an operator set; the default one (17) is written only if this is never called.</summary>
    public OnnxModelBuilder Opset(string domain, long version)
    {
        _opsets.Add(w => w.Message(8, o => o.Text(1, domain).Varint(2, version)));
        return this;
    }

    /// <summary>Adds a metadata entry.</summary>
    public OnnxModelBuilder Metadata(string key, string value)
    {
        _metadata.Add(w => w.Message(14, e => e.Text(1, key).Text(2, value)));
        return this;
    }

    /// <summary>Adds a model-local function of one node in the default domain.</summary>
    public OnnxModelBuilder Function(
        string domain, string name, string[] inputs, string[] outputs, string opType, params OnnxAttribute[] attributes)
    {
        _functions.Add(w => w.Message(25, f =>
        {
            f.Text(1, name);
            foreach (var input in inputs) f.Text(4, input);
            foreach (var output in outputs) f.Text(5, output);
            f.Message(7, n => OnnxGraphBuilder.WriteNode(n, "", opType, inputs, outputs, attributes));
            f.Message(9, o => o.Text(1, "").Varint(2, 17)).Text(10, domain);
        }));
        return this;
    }

    /// <inheritdoc cref="OnnxGraphBuilder.Input(string, ElementType, object?[])"/>
    public OnnxModelBuilder Input(string name, ElementType type, params object?[] dims) =>
        Graph(g => g.Input(name, type, dims));

    /// <inheritdoc cref="OnnxGraphBuilder.Output(string, ElementType, object?[])"/>
    public OnnxModelBuilder Output(string name, ElementType type, params object?[] dims) =>
        Graph(g => g.Output(name, type, dims));

    /// <inheritdoc cref="OnnxGraphBuilder.Node(string, string[], string[], OnnxAttribute[])"/>
    public OnnxModelBuilder Node(string opType, string[] inputs, string[] outputs, params OnnxAttribute[] attributes) =>
        Graph(g => g.Node(opType, inputs, outputs, attributes));

    /// <summary>Adds an initializer with its data, little endian, in the file.</summary>
    public OnnxModelBuilder Initializer(string name, ElementType type, long[] dims, byte[] raw) =>
        Graph(g => g.Initializer(OnnxTensor.Raw(name, type, dims, raw)));

    /// <summary>Adds an initializer with its data in another file.</summary>
    public OnnxModelBuilder ExternalInitializer(
        string name, ElementType type, long[] dims, string location, long? offset = null, long? length = null) =>
        Graph(g => g.Initializer(OnnxTensor.External(name, type, dims, location, offset, length)));

    /// <summary>The graph, for everything that has no method here.</summary>
    public OnnxModelBuilder Graph(Action<OnnxGraphBuilder> build)
    {
        build(_graph);
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        var writer = new ProtobufWriter();
        if (_hasVersions) writer.Varint(1, _irVersion);
        writer.Text(2, _producer).OptionalText(6, _documentation);
        writer.Message(7, _graph.Write);
        if (_opsets.Count == 0 && _hasVersions) Opset("", 17);
        foreach (var write in _opsets) write(writer);
        foreach (var write in _metadata) write(writer);
        foreach (var write in _functions) write(writer);
        return writer.ToBytes();
    }
}
