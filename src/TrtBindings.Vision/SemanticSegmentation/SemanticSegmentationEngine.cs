using System.ComponentModel;

namespace TrtBindings.Vision;

/// <summary>
/// Makes engines for semantic segmentation models; the compiler infers the label type and refuses any other model.
/// </summary>
public static class SemanticSegmentationEngine
{
    /// <summary>An engine for a loaded model, which it uses and does not own.</summary>
    /// <param name="model">A generated class of a segmentation model.</param>
    /// <param name="preprocessing">How pictures were prepared when the model was trained; its card says it.</param>
    /// <param name="options">What to take and return; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">One of a pair of options is missing.</exception>
    /// <exception cref="TensorException">The model's shapes are not the family's, or contradict an option.</exception>
    public static SemanticSegmentationEngine<TLabel> For<TLabel>(
        ISemanticSegmentationModel<TLabel> model, SegmentationPreprocessing preprocessing,
        SemanticSegmentationOptions? options = null)
        where TLabel : unmanaged, Enum => new(model, preprocessing, options ?? new());

    /// <summary>
    /// Never called: it is what the compiler finds for any other model, so that its error says what is wrong instead of
    /// CS0411.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This model is not a semantic segmentation model. It needs one float input [N, 3, H, W] or [N, 1, H, W], and as "
        + "first output float [N, classes, h, w] or whole numbers [N, h, w]. With 1, 3 or 4 classes and no names in the file, "
        + "TrtTask=\"SemanticSegmentation\" on the item says that its output is not a picture.", error: true)]
    public static IDisposable For(
        object model, SegmentationPreprocessing preprocessing, SemanticSegmentationOptions? options = null) =>
        throw new NotSupportedException("Not a semantic segmentation model.");
}
