namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// What a file may ask of this reader. Each bound is far above any real model and keeps the memory taken within a few
/// times the bytes read, so that a damaged or hostile file ends in an error and not in an exhausted process.
/// </summary>
internal static class OnnxLimits
{
    /// <summary>
    /// Messages inside one another. A subgraph takes three (node, attribute, graph), so this is about 80 subgraphs;
    /// protobuf's own parsers stop at 100 messages.
    /// </summary>
    public const int Depth = 256;

    /// <summary>Nodes of the whole model; they are only counted.</summary>
    public const int Nodes = 100_000_000;

    /// <summary>Initializers of the main graph; their names are kept, to tell inputs apart.</summary>
    public const int Initializers = 4_000_000;

    /// <summary>Entries of any other list: inputs, outputs, metadata, operator types, external files.</summary>
    public const int Entries = 100_000;

    /// <summary>Dimensions of one shape.</summary>
    public const int Rank = 256;

    /// <summary>UTF-8 bytes of one name.</summary>
    public const int NameBytes = 1 << 16;

    /// <summary>UTF-8 bytes of all documentation and metadata together.</summary>
    public const int TextBytes = 1 << 26;
}
