namespace TrtBindings;

/// <summary>A model input of text (ONNX <c>string</c>, UTF-8 on the way to the backend).</summary>
public class StringInputTensor : StringTensorBuffer
{
    internal StringInputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <summary>All elements at the present shape, row-major; to be filled before a run.</summary>
    public Span<string> Span
    {
        get
        {
            Owner.ThrowIfDisposed();
            return Elements;
        }
    }
}
