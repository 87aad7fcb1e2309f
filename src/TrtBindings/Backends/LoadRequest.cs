namespace TrtBindings.Backends;

/// <summary>A model to load, already checked against its class.</summary>
/// <param name="Source">The file or memory with the model.</param>
/// <param name="Signature">The model that the class was compiled for.</param>
/// <param name="Description">The description in the file.</param>
/// <param name="Declaration">The item's declaration; profiles in the options replace those of the item.</param>
/// <param name="Options">The options of the load.</param>
internal sealed record LoadRequest(
    ModelSource Source, ModelSignature Signature, ModelDescription Description, ModelDeclaration Declaration,
    ModelOptions Options)
{
    /// <summary>Compares engines that are built for this request; <see langword="null"/> compares none.</summary>
    public IParityGate? Gate { get; init; }
}
