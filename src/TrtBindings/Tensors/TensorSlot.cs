namespace TrtBindings;

/// <summary>For generated code: the place of the next tensor in its set, and its first shape.</summary>
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
    /// Whether a shape that the system has no memory for is taken as a mere promise: the tensor then starts empty.
    /// </summary>
    internal bool StartsEmptyIfTooLarge { get; }
}
