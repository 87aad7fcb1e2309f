using System.Text;

namespace TrtBindings.ModelFiles.Onnx;

/// <content>Names that only have to be told apart.</content>
internal sealed partial class ProtobufReader
{
    private const ulong NoBytes = 14695981039346656037UL;

    /// <summary>
    /// What tells names apart without keeping them: 64 bits of FNV-1a; 0 for the empty name and for one that is longer than
    /// <see cref="OnnxLimits.NameBytes"/>.
    /// </summary>
    public ulong ReadNameHash()
    {
        var length = ReadLength();
        if (length is 0 or > OnnxLimits.NameBytes)
        {
            SkipTo(Position + length);
            return 0;
        }

        var hash = NoBytes;
        for (; length > 0; length--)
        {
            if (_index == _buffered) Fill();
            hash = WithByte(hash, _buffer[_index++]);
        }

        return hash;
    }

    /// <summary>What <see cref="ReadNameHash"/> gives for a name.</summary>
    public static ulong NameHash(string name)
    {
        if (name.Length == 0) return 0;
        var hash = NoBytes;
        foreach (var next in Encoding.UTF8.GetBytes(name)) hash = WithByte(hash, next);
        return hash;
    }

    private static ulong WithByte(ulong hash, byte next) => unchecked((hash ^ next) * 1099511628211UL);
}
