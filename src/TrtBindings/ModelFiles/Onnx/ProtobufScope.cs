namespace TrtBindings.ModelFiles.Onnx;

/// <summary>What <see cref="ProtobufReader.Enter"/> replaced and <see cref="ProtobufReader.Leave"/> restores.</summary>
internal readonly struct ProtobufScope(long limit, string message)
{
    /// <summary>End of the enclosing message, in bytes from the start of the file.</summary>
    public long Limit { get; } = limit;

    /// <summary>Name of the enclosing message.</summary>
    public string Message { get; } = message;
}
