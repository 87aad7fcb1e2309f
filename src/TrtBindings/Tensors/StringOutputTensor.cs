using TrtBindings.Model;

namespace TrtBindings;

/// <summary>A model output of text (ONNX <c>string</c>).</summary>
public sealed class StringOutputTensor : StringTensorBuffer
{
    internal StringOutputTensor(TensorSet owner, TensorDescription description, ReadOnlySpan<nint> lengths)
        : base(owner, description, lengths)
    {
    }

    /// <summary>All elements at the present shape, row-major.</summary>
    public ReadOnlySpan<string> Span
    {
        get
        {
            Owner.ThrowIfDisposed();
            return Elements;
        }
    }
}
