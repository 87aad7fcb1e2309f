using System.Runtime.InteropServices;
using System.Text;

namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// A name in the form that TensorRT takes: UTF-8 that ends with 0, in memory that does not move while this object lives.
/// </summary>
internal sealed unsafe class TrtName
{
    private readonly byte[] _text;

    /// <summary>Encodes a name once.</summary>
    public TrtName(string name)
    {
        Text = name;
        _text = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(name) + 1, pinned: true);
        Encoding.UTF8.GetBytes(name, _text);
        _text[^1] = 0;
        Pointer = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_text, 0);
    }

    /// <summary>The name.</summary>
    public string Text { get; }

    /// <summary>The encoded name. The caller keeps this object alive while the pointer is in use.</summary>
    public byte* Pointer { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
