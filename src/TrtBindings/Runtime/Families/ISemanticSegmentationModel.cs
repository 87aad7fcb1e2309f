namespace TrtBindings;

/// <summary>
/// A model that gives every pixel a class. The generator puts it on a class whose shapes say so, which is what makes an engine
/// for any other model a compiler error. Layouts: float input [N, 3, H, W] or [N, 1, H, W]; output 0 as
/// <see cref="SemanticSegmentationForm"/> says; a second output, of an auxiliary head, is left alone.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface ISemanticSegmentationModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of output 0.</summary>
    SemanticSegmentationForm Form { get; }
}
