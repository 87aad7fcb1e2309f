namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// What the models of one family look like. This is the only place that says it: the generator recognizes models by it, the
/// engine checks its model by it, and diagnostics, compiler errors and documentation quote <see cref="Shapes"/>.
/// </summary>
/// <param name="task">Word for <c>TrtTask</c>. The interface is <c>I{task}Model</c>, the engine <c>{task}Engine</c>.</param>
/// <param name="shapes">The tensors and metadata of the family's models, to be read after "which has".</param>
internal abstract class FamilyRule(string task, string shapes)
{
    /// <summary>Word for <c>TrtTask</c>, such as <c>YoloDetect</c>.</summary>
    public string Task { get; } = task;

    /// <summary>The tensors and metadata of the family's models.</summary>
    public string Shapes { get; } = shapes;

    /// <summary>The public enum of the family's forms.</summary>
    public virtual string FormType => Task + "Form";

    /// <summary>Whether the interface takes the enum of class labels.</summary>
    public virtual bool HasLabels => true;

    /// <summary>Tells whether a model is of the family.</summary>
    /// <param name="model">What the file says.</param>
    /// <param name="labels">Number of class labels in the metadata; 0 if there are none.</param>
    /// <param name="isAsked">
    /// Whether <c>TrtTask</c> names the family. That decides where the shapes fit several families.
    /// </param>
    public abstract FamilyMatch Match(ModelDescription model, int labels, bool isAsked);

    /// <summary>The model is of the family.</summary>
    private protected FamilyMatch Yes(string form, long? classes) => new(this, form, null) { ClassCount = (int?)classes };

    /// <summary>The model is not of the family.</summary>
    private protected FamilyMatch No(string problem) => new(this, "", problem);
}

/// <summary>The answer of a <see cref="FamilyRule"/> about a model.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Form">
/// Name of the model's form, a member of <see cref="FamilyRule.FormType"/>; empty if it is not of the family.
/// </param>
/// <param name="Problem">Why the model is not of the family; <see langword="null"/> if it is.</param>
internal sealed record FamilyMatch(FamilyRule Rule, string Form, string? Problem)
{
    /// <summary>Number of classes; <see langword="null"/> if neither shapes nor metadata say it.</summary>
    public int? ClassCount { get; init; }

    /// <summary>
    /// Whether the model may well be of the family, but its shapes can be read in several ways; <see cref="Problem"/> says which.
    /// </summary>
    public bool IsUnclear { get; init; }

    /// <summary>Other numbers of the model, by the name of the interface's property.</summary>
    public EquatableArray<(string Name, int Value)> Numbers { get; init; }
}
