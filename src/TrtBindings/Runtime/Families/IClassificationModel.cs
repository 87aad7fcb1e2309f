namespace TrtBindings;

/// <summary>
/// A model that says which class a whole picture is of. The generator puts it on a class whose shapes say so, and whose names,
/// last operator or item say that its numbers are classes, which makes an engine for any other model a compiler error. Layouts:
/// float input as <see cref="ClassificationForm"/> says, with 3 channels or 1; one float output with a number for each class,
/// [N, classes] or with further dimensions of 1.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface IClassificationModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of the input.</summary>
    ClassificationForm Form { get; }
}
