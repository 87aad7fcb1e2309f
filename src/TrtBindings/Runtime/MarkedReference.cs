using System.Text;
using TrtBindings.Backends;
using TrtBindings.Parity;

namespace TrtBindings.Runtime;

/// <summary>The reference of a comparison as a model in memory that also gives values between its nodes.</summary>
internal sealed class MarkedReference : IMarkedReference
{
    // Tags of ModelProto.graph, GraphProto.output and ValueInfoProto.name, which hold bytes.
    private const byte Graph = (7 << 3) | 2;
    private const byte Output = (12 << 3) | 2;
    private const byte Name = (1 << 3) | 2;

    private readonly LoadRequest _request;
    private readonly ModelSource _source;
    private readonly IReadOnlyList<OptimizationProfile> _profiles;
    private readonly ParityReport _report;
    private readonly ModelNodes _nodes;
    private byte[]? _model;

    /// <summary>Reads the nodes.</summary>
    /// <param name="request">The model that the engine is of.</param>
    /// <param name="source">The reference's file, or the model in memory.</param>
    /// <param name="profiles">The sizes of the engine.</param>
    /// <param name="report">The comparison.</param>
    /// <exception cref="ModelFileException">The file cannot be read.</exception>
    public MarkedReference(
        LoadRequest request, ModelSource source, IReadOnlyList<OptimizationProfile> profiles, ParityReport report)
    {
        (_request, _source, _profiles, _report) = (request, source, profiles, report);
        _nodes = ModelNodes.Read(source, request.Signature);
    }

    /// <inheritdoc/>
    public bool Has(string value) => _nodes.MakerOf(value) is not null;

    /// <inheritdoc/>
    public IReadOnlyList<OutputParity> Compare(
        IBackendSession engine, string size, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        _model ??= _source.ReadBytes().ToArray();
        var source = ModelSource.FromBytes(WithOutputs(_model, values));
        using var reference = ParityGate.Open(
            _request, source, _request.Description, cancellationToken, Path.GetDirectoryName(_source.Path));
        var runs = new ParityRuns(
            _request.Description, _request.Signature, _report.Tolerance, _request.Options.TensorRT.Parity);
        return runs.Repeat(reference, engine, _profiles, size, values, cancellationToken);
    }

    /// <summary>
    /// A model with further outputs. Protobuf merges messages, so a second graph at the end of the file adds its outputs to those
    /// of the first one. Their types are inferred.
    /// </summary>
    internal static byte[] WithOutputs(byte[] model, IEnumerable<string> values)
    {
        var graph = new List<byte>();
        foreach (var value in values) Add(graph, Output, Message(Name, Encoding.UTF8.GetBytes(value)));
        return [.. model, .. Message(Graph, [.. graph])];

        static byte[] Message(byte tag, byte[] content)
        {
            var bytes = new List<byte>();
            Add(bytes, tag, content);
            return [.. bytes];
        }
    }

    private static void Add(List<byte> bytes, byte tag, byte[] content)
    {
        bytes.Add(tag);
        var length = (uint)content.Length;
        for (; length > 0x7F; length >>= 7) bytes.Add((byte)((length & 0x7F) | 0x80));
        bytes.Add((byte)length);
        bytes.AddRange(content);
    }
}
