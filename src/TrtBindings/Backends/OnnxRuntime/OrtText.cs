using System.Buffers;
using System.Text;
using TrtBindings.Interop.OnnxRuntime;

namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>
/// Text tensors on their way to ONNX Runtime and back: UTF-8, copied element by element. U+0000 within a text is kept
/// both ways; how an operator treats it is the operator's affair. A lone surrogate, which UTF-8 cannot hold, arrives as
/// U+FFFD.
/// </summary>
internal static class OrtText
{
    /// <summary>A value with a copy of the tensor's elements.</summary>
    /// <exception cref="TensorException">An element is <see langword="null"/>.</exception>
    public static OrtValue ToValue(OrtLibrary library, StringTensorBuffer buffer)
    {
        var elements = buffer.Elements;
        var absent = elements.IndexOf((string)null!);
        if (absent >= 0)
            throw new TensorException(buffer.Name, $"Element {absent} of text tensor '{buffer.Name}' is null; use \"\".");
        var value = OrtValue.Allocate(library, buffer.Lengths, OrtElementTypes.NumberOf(ElementType.String));
        try
        {
            for (var i = 0; i < elements.Length; i++)
            {
                var room = value.TextElement(i, Encoding.UTF8.GetByteCount(elements[i]));
                Encoding.UTF8.GetBytes(elements[i], room);
            }

            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }

    /// <summary>Copies a value's elements into a tensor that has its shape already.</summary>
    public static void FromValue(OrtTensorView value, StringTensorBuffer buffer)
    {
        var elements = buffer.Elements;
        var length = checked((int)value.TextLength);
        var content = ArrayPool<byte>.Shared.Rent(length);
        var offsets = ArrayPool<nuint>.Shared.Rent(elements.Length);
        try
        {
            value.ReadText(content.AsSpan(0, length), offsets.AsSpan(0, elements.Length));
            for (var i = 0; i < elements.Length; i++)
            {
                var start = (int)offsets[i];
                var end = i + 1 < elements.Length ? (int)offsets[i + 1] : length;
                elements[i] = Encoding.UTF8.GetString(content, start, end - start);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content);
            ArrayPool<nuint>.Shared.Return(offsets);
        }
    }
}
