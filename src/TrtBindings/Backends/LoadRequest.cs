namespace TrtBindings.Backends;

/// <summary>One model to load, checked against its class.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Signature">What the class was compiled against.</param>
/// <param name="Description">What the file says of itself.</param>
/// <param name="Declaration">What the item declares, with the profiles of the options in place of its own.</param>
/// <param name="Options">How to load it.</param>
internal sealed record LoadRequest(
    ModelSource Source, ModelSignature Signature, ModelDescription Description, ModelDeclaration Declaration,
    ModelOptions Options);
