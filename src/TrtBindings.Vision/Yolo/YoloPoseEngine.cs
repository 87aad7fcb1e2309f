using System.ComponentModel;

namespace TrtBindings.Vision;

/// <summary>
/// Makes engines for YOLO pose models; the compiler infers the label type and refuses any other model.
/// </summary>
public static class YoloPoseEngine
{
    /// <summary>An engine for a loaded model, which it uses and does not own.</summary>
    /// <param name="model">A generated class of a YOLO pose model.</param>
    /// <param name="options">What to keep and return; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's shapes are not the family's, or contradict an option.</exception>
    public static YoloPoseEngine<TLabel> For<TLabel>(IYoloPoseModel<TLabel> model, YoloOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model, options ?? new());
    }

    /// <summary>
    /// Never called: it is what the compiler finds for any other model, so that its error says what is wrong instead of
    /// CS0411.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This model is not YOLO pose shaped. It needs one float input [N, 3, H, W] and one float output, "
        + "[N, 4 + classes + points, A] or [N, R, 6 + points], "
        + "and kpt_shape in its metadata. The class's documentation shows its own shapes.",
        error: true)]
    public static IDisposable For(object model, YoloOptions? options = null) =>
        throw new NotSupportedException("Not a YOLO pose model.");
}
