using System.Text;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// A tensor's name as TensorRT takes it: UTF-8 that ends with 0 and stays where it is as long as this object lives.
/// </summary>
internal sealed unsafe class TrtName
{
    private readonly byte[] _text;

    /// <summary>Makes the native form of a name once.</summary>
    public TrtName(string name)
    {
        Text = name;
        _text = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(name) + 1, pinned: true);
        Encoding.UTF8.GetBytes(name, _text);
        _text[^1] = 0;
        Pointer = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_text, 0);
    }

    /// <summary>The name.</summary>
    public string Text { get; }

    /// <summary>The native form; the caller keeps this object alive while it is in use.</summary>
    public byte* Pointer { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
