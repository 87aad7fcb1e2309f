using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Families;

/// <summary>The family of models that one model is of, which is what engines ask for.</summary>
/// <param name="Task">Its word in <see cref="ItemWords.Tasks"/>.</param>
/// <param name="Interface">The interface of the library that stands for it, without namespace and type arguments.</param>
/// <param name="Members">What the interface asks of the model.</param>
internal sealed record ModelFamily(string Task, string Interface, EquatableArray<FamilyMember> Members)
{
    /// <summary>Whether the interface takes the enum of class labels.</summary>
    public bool HasLabels { get; init; } = true;

    /// <summary>Number of classes; <see langword="null"/> if neither shapes nor metadata tell.</summary>
    public int? ClassCount { get; init; }
}
