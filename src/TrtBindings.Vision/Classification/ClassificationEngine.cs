using System.ComponentModel;

namespace TrtBindings.Vision;

/// <summary>
/// Makes engines for classification models; the compiler infers the label type and refuses any other model.
/// </summary>
public static class ClassificationEngine
{
    /// <summary>An engine for a loaded model, which it uses and does not own.</summary>
    /// <param name="model">A generated class of a classification model.</param>
    /// <param name="preprocessing">How pictures were prepared when the model was trained; its card says it.</param>
    /// <param name="options">What to take and return; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's shapes are not the family's, or contradict an option.</exception>
    public static ClassificationEngine<TLabel> For<TLabel>(
        IClassificationModel<TLabel> model, ClassificationPreprocessing preprocessing, ClassificationOptions? options = null)
        where TLabel : unmanaged, Enum => new(model, preprocessing, options ?? new());

    /// <summary>
    /// Never called: it is what the compiler finds for any other model, so that its error says what is wrong instead of
    /// CS0411.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This model is not a classification model. It needs one float input [N, 3, H, W] or [N, 1, H, W], or channels "
        + "last, and one float output [N, classes]; the class's documentation shows its own shapes. With no class names in the "
        + "file and no softmax at its end, TrtTask=\"Classification\" on the item says that its output is not an embedding.",
        error: true)]
    public static IDisposable For(
        object model, ClassificationPreprocessing preprocessing, ClassificationOptions? options = null) =>
        throw new NotSupportedException("Not a classification model.");
}
