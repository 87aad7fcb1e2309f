namespace TrtBindings;

/// <summary>A model output of text (ONNX <c>string</c>).</summary>
public sealed class StringOutputTensor : StringTensorBuffer
{
    internal StringOutputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <summary>All elements of the current shape, row-major.</summary>
    public ReadOnlySpan<string> Span
    {
        get
        {
            Owner.ThrowIfDisposed();
            return Elements;
        }
    }
}
