using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// Copies text tensors to ONNX Runtime and back, element by element, as UTF-8. U+0000 within a text is kept. A lone
/// surrogate, which UTF-8 cannot hold, arrives as U+FFFD.
/// </summary>
internal static class OrtText
{
    /// <summary>A value with a copy of the tensor's elements.</summary>
    /// <exception cref="TensorException">An element is <see langword="null"/>.</exception>
    public static OrtValue ToValue(StringTensorBuffer buffer)
    {
        var absent = buffer.Elements.IndexOf((string)null!);
        if (absent >= 0)
            throw new TensorException(buffer.Name, $"Element {absent} of text tensor '{buffer.Name}' is null; use \"\".");
        var shape = new long[buffer.Rank];
        for (var i = 0; i < shape.Length; i++) shape[i] = buffer.Lengths[i];
        var value = OrtErrors.Call("CreateTensorAsOrtValue",
            () => OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape));
        try
        {
            OrtErrors.Call("GetResizedStringTensorElementBuffer", () =>
            {
                var elements = buffer.Elements;
                for (var i = 0; i < elements.Length; i++) value.StringTensorSetElementAt(elements[i].AsSpan(), i);
            });
            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }

    /// <summary>Copies a value's elements into a tensor that has its shape already.</summary>
    public static void FromValue(OrtValue value, StringTensorBuffer buffer) =>
        OrtErrors.Call("GetStringTensorElement", () =>
        {
            var elements = buffer.Elements;
            for (var i = 0; i < elements.Length; i++) elements[i] = value.GetStringElement(i);
        });
}
