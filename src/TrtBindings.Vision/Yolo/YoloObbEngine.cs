using System.ComponentModel;

namespace TrtBindings.Vision;

/// <summary>
/// Makes engines for YOLO OBB models; the compiler infers the label type and refuses any other model.
/// </summary>
public static class YoloObbEngine
{
    /// <summary>An engine for a loaded model, which it uses and does not own.</summary>
    /// <param name="model">A generated class of a YOLO OBB model.</param>
    /// <param name="options">What to keep and return; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's shapes are not the family's, or contradict an option.</exception>
    public static YoloObbEngine<TLabel> For<TLabel>(IYoloObbModel<TLabel> model, YoloOptions? options = null)
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
    [Obsolete("This model is not YOLO OBB shaped. It needs one float input [N, 3, H, W] and one float output, "
        + "[N, 4 + classes + 1, A] or [N, R, 7], "
        + "and the task obb in its metadata. The class's documentation shows its own shapes.",
        error: true)]
    public static IDisposable For(object model, YoloOptions? options = null) =>
        throw new NotSupportedException("Not a YOLO OBB model.");
}
