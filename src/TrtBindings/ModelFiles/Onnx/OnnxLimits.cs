namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// Limits of the reader. Each is far above any real model. They keep the memory use within a few times the bytes read, so that
/// a damaged or hostile file causes an error and does not exhaust the process.
/// </summary>
internal static class OnnxLimits
{
    /// <summary>
    /// Depth of nested messages. A subgraph takes three (node, attribute, graph), so this allows about 80 nested subgraphs.
    /// The parsers of protobuf stop at 100 messages.
    /// </summary>
    public const int Depth = 256;

    /// <summary>Nodes of the whole model. They are only counted.</summary>
    public const int Nodes = 100_000_000;

    /// <summary>Initializers of the main graph. Their names are kept to find inputs with a default.</summary>
    public const int Initializers = 4_000_000;

    /// <summary>Entries of any other list: inputs, outputs, metadata, operator types, external files.</summary>
    public const int Entries = 100_000;

    /// <summary>Dimensions of a shape.</summary>
    public const int Rank = 256;

    /// <summary>UTF-8 bytes of a name.</summary>
    public const int NameBytes = 1 << 16;

    /// <summary>UTF-8 bytes of all documentation and metadata together.</summary>
    public const int TextBytes = 1 << 26;
}
