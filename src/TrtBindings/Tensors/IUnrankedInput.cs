namespace TrtBindings;

/// <summary>A model input that the model file declares without a rank: its shape is the caller's.</summary>
public interface IUnrankedInput
{
    /// <summary>
    /// Takes on another shape, of any rank; none at all for a scalar. Memory of the library grows where it must, memory of the
    /// caller must suffice. Elements stay where they are, row-major, and further ones hold zeros, empty texts or what was
    /// there before. Views taken before are invalid.
    /// </summary>
    /// <param name="shape">Lengths of the dimensions, outermost first, each at least 0.</param>
    /// <exception cref="TensorException">
    /// A negative length, more than 64 dimensions, or too little memory; nothing was changed.
    /// </exception>
    /// <exception cref="TensorsInUseException">A run is using the inputs.</exception>
    /// <exception cref="ObjectDisposedException">The inputs are disposed.</exception>
    void Reshape(params ReadOnlySpan<long> shape);

    /// <summary>As the other overload, to the shape that another tensor has now.</summary>
    /// <param name="like">Any tensor, of any element type: an output that comes back as an input, say.</param>
    /// <exception cref="TensorException">Too little memory; nothing was changed.</exception>
    /// <exception cref="TensorsInUseException">A run is using the inputs.</exception>
    /// <exception cref="ObjectDisposedException">The inputs are disposed.</exception>
    void Reshape(TensorBuffer like);
}
