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

/// <summary>A model input whose rank the model file does not declare. The caller chooses its shape.</summary>
public interface IUnrankedInput
{
    /// <summary>
    /// Changes the shape, to any rank; an empty shape is a scalar. Memory of the library grows if needed; memory of the caller
    /// must be large enough. Elements keep their row-major position; additional ones hold zeros, empty strings or old
    /// values. Views taken before are invalid.
    /// </summary>
    /// <param name="shape">Lengths of the dimensions, outermost first, each at least 0.</param>
    /// <exception cref="TensorException">
    /// A length is negative, there are more than 64 dimensions, or the memory is too small. Nothing was changed.
    /// </exception>
    /// <exception cref="TensorsInUseException">A run is using the inputs.</exception>
    /// <exception cref="ObjectDisposedException">The inputs are disposed.</exception>
    void Reshape(params ReadOnlySpan<long> shape);

    /// <summary>Changes the shape to the current shape of another tensor.</summary>
    /// <param name="like">Any tensor of any element type, such as an output that is fed back as an input.</param>
    /// <exception cref="TensorException">The memory is too small. Nothing was changed.</exception>
    /// <exception cref="TensorsInUseException">A run is using the inputs.</exception>
    /// <exception cref="ObjectDisposedException">The inputs are disposed.</exception>
    void Reshape(TensorBuffer like);
}
