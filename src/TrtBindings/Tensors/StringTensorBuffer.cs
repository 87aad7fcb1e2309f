namespace TrtBindings;

/// <summary>A tensor of text. Its elements are managed strings, which a run copies.</summary>
public abstract class StringTensorBuffer : TensorBuffer
{
    private string[] _elements;

    private protected StringTensorBuffer(TensorSlot slot)
        : base(slot.Owner, slot.Description, slot.Lengths)
    {
        _elements = [];
        EnsureCapacity(slot.Lengths);
        Owner.Keep(this);
    }

    /// <inheritdoc/>
    public override nint CapacityInBytes => 0;

    internal override nint Address => 0;

    internal override nint ByteLength => 0;

    /// <summary>All elements of the current shape, row-major.</summary>
    internal Span<string> Elements => _elements.AsSpan(0, (int)ElementCount);

    internal override bool Fits(ReadOnlySpan<nint> lengths) => CountOf(lengths, 1) <= _elements.Length;

    internal override void EnsureCapacity(ReadOnlySpan<nint> lengths)
    {
        var count = CountOf(lengths, 1);
        if (count <= _elements.Length) return;
        if (count > Array.MaxLength)
            throw new TensorException(Name, $"Text tensor '{Name}' of shape [{Join(lengths)}] is too large for an array.");
        var used = _elements.Length;
        Array.Resize(ref _elements, (int)count);
        _elements.AsSpan(used).Fill("");
        MemoryChanged();
    }

    internal override void Release() => _elements = [];
}
