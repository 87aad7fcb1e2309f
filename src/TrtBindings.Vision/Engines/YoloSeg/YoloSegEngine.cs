namespace TrtBindings.Vision;

/// <summary>
/// Makes engines for YOLO-seg models; the compiler infers the label type and refuses any other model.
/// </summary>
public static class YoloSegEngine
{
    /// <summary>An engine for a loaded model, which it uses and does not own.</summary>
    /// <param name="model">A generated class of a YOLO-seg model.</param>
    /// <param name="options">What to keep and return; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's shapes are not the family's, or contradict an option.</exception>
    public static YoloSegEngine<TLabel> For<TLabel>(IYoloSegModel<TLabel> model, YoloSegOptions? options = null)
        where TLabel : unmanaged, Enum => new(model, options ?? new());
}
