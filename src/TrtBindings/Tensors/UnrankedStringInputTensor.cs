using System.ComponentModel;

namespace TrtBindings;

/// <summary>A model input of text without a declared rank.</summary>
public sealed class UnrankedStringInputTensor : StringInputTensor, IUnrankedInput
{
    /// <summary>For generated code: a tensor in memory of the library.</summary>
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
