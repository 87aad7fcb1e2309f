using System.ComponentModel;

namespace TrtBindings;

/// <summary>A model input without a declared rank. Views are valid until it is reshaped or disposed.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class UnrankedInputTensor<T> : InputTensor<T>, IUnrankedInput
    where T : unmanaged
{
    /// <summary>For generated code: a tensor in memory of the library.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public UnrankedInputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <summary>For generated code: a tensor in memory of the caller.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public UnrankedInputTensor(TensorSlot slot, Memory<T> memory)
        : base(slot, memory)
    {
    }

    /// <inheritdoc/>
    public void Reshape(params ReadOnlySpan<long> shape) => ReshapeCore(shape);

    /// <inheritdoc/>
    public void Reshape(TensorBuffer like) => ReshapeCore(like);
}
