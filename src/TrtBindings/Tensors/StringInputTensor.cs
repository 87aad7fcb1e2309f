namespace TrtBindings;

/// <summary>A model input of text (ONNX <c>string</c>). The backend gets it as UTF-8.</summary>
public class StringInputTensor : StringTensorBuffer
{
    internal StringInputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <summary>All elements of the current shape, row-major. The caller fills them before a run.</summary>
    public Span<string> Span
    {
        get
        {
            Owner.ThrowIfDisposed();
            return Elements;
        }
    }
}
