namespace TrtBindings.Generators.Families;

/// <summary>What the shapes of a YOLO-seg model say.</summary>
/// <param name="Form">Member of <c>TrtBindings.YoloForm</c>.</param>
/// <param name="ClassCount">Number of classes; <see langword="null"/> if neither shapes nor metadata tell.</param>
/// <param name="MaskCount">Number of mask coefficients and prototypes.</param>
internal sealed record YoloSegLayout(string Form, int? ClassCount, int MaskCount)
{
    public const string Dense = nameof(Dense);
    public const string EndToEnd = nameof(EndToEnd);
}
