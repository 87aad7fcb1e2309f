using System.ComponentModel;

namespace TrtBindings;

/// <summary>A model input of text that the model file declares without a rank.</summary>
public sealed class UnrankedStringInputTensor : StringInputTensor, IUnrankedInput
{
    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public UnrankedStringInputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <inheritdoc/>
    public void Reshape(params ReadOnlySpan<long> shape) => ReshapeCore(shape);

    /// <inheritdoc/>
    public void Reshape(TensorBuffer like) => ReshapeCore(like);
}
