using System.ComponentModel;

namespace TrtBindings.Vision;

/// <summary>
/// Makes engines for Mask R-CNN models; the compiler infers the label type and refuses any other model.
/// </summary>
public static class MaskRcnnEngine
{
    /// <summary>An engine for a loaded model, which it uses and does not own.</summary>
    /// <param name="model">A generated class of a Mask R-CNN model.</param>
    /// <param name="options">What to keep and return; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">One of a pair of options is missing.</exception>
    /// <exception cref="TensorException">
    /// The model's shapes are not the family's, or contradict an option: a size names both sizes.
    /// </exception>
    public static MaskRcnnEngine<TLabel> For<TLabel>(IMaskRcnnModel<TLabel> model, MaskRcnnOptions? options = null)
        where TLabel : unmanaged, Enum => new(model, options ?? new());

    /// <summary>
    /// Never called: it is what the compiler finds for any other model, so that its error says what is wrong instead of
    /// CS0411.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This model is not a Mask R-CNN of torchvision, Detectron2, the ONNX zoo, NVIDIA's sample or fixed slots: "
        + "MaskRcnnForm lists their outputs, and the class's documentation shows its own shapes.", error: true)]
    public static IDisposable For(object model, MaskRcnnOptions? options = null) =>
        throw new NotSupportedException("Not a Mask R-CNN.");
}
