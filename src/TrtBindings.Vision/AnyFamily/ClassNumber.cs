namespace TrtBindings.Vision;

/// <summary>
/// The labels of a model without a generated class: a value is the number of the label, from 0. It has no names; those are in
/// <see cref="ModelSignature.Labels"/>.
/// </summary>
public enum ClassNumber
{
    /// <summary>The first label.</summary>
    First,
}
