namespace TrtBindings.ModelFiles.Onnx;

/// <summary>How a protobuf field is encoded: the low three bits of its tag.</summary>
internal static class WireType
{
    public const uint Varint = 0;
    public const uint Fixed64 = 1;
    public const uint Bytes = 2;
    public const uint Fixed32 = 5;
}
