using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Parity;

/// <summary>The family that decides how outputs are compared, and what drawn inputs look like.</summary>
internal static class ParityFamily
{
    /// <summary>
    /// The family that the item names (<c>TrtTask</c>), or else the one that the file tells; <see langword="null"/> if none fits.
    /// </summary>
    /// <param name="model">What the file says.</param>
    /// <param name="signature">Its inputs and outputs, with the item's declaration.</param>
    public static FamilyMatch? Of(ModelDescription model, ModelSignature signature) =>
        FamilyRules.Match(model, signature.Labels.Count, signature.Declaration.Task) is { Problem: null } match ? match : null;
}
