namespace TrtBindings;

/// <summary>For generated code: the set that a new tensor belongs to, its declaration and its first shape.</summary>
public readonly ref struct TensorSlot
{
    internal TensorSlot(
        TensorSet owner, TensorDescription description, ReadOnlySpan<nint> lengths, bool startsEmptyIfTooLarge = false)
    {
        Owner = owner;
        Description = description;
        Lengths = lengths;
        StartsEmptyIfTooLarge = startsEmptyIfTooLarge;
    }

    internal TensorSet Owner { get; }

    internal TensorDescription Description { get; }

    internal ReadOnlySpan<nint> Lengths { get; }

    /// <summary>
    /// True for outputs whose declared size is only an upper bound: if the system has too little memory for it, the tensor
    /// starts empty and grows in the first run.
    /// </summary>
    internal bool StartsEmptyIfTooLarge { get; }

    /// <summary>True for an input with a default, which is no item of <see cref="TensorSet.Tensors"/>.</summary>
    internal bool IsOptional { get; init; }
}
