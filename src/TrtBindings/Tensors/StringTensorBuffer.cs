using System.ComponentModel;

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
        Owner.Keep(this, slot.IsOptional);
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

/// <summary>A model input of text (ONNX <c>string</c>). The backend gets it as UTF-8.</summary>
public class StringInputTensor : StringTensorBuffer
{
    internal StringInputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <summary>All elements of the current shape, row-major. The caller fills them before a run.</summary>
    public Span<string> Span
    {
        get
        {
            Owner.ThrowIfDisposed();
            return Elements;
        }
    }
}

/// <summary>A model output of text (ONNX <c>string</c>).</summary>
public sealed class StringOutputTensor : StringTensorBuffer
{
    internal StringOutputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <summary>All elements of the current shape, row-major.</summary>
    public ReadOnlySpan<string> Span
    {
        get
        {
            Owner.ThrowIfDisposed();
            return Elements;
        }
    }
}

/// <summary>A model input of text without a declared rank.</summary>
public sealed class UnrankedStringInputTensor : StringInputTensor, IUnrankedInput
{
    /// <summary>For generated code: a tensor in memory of the library.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public UnrankedStringInputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <inheritdoc/>
    public void Reshape(params ReadOnlySpan<long> shape) => ReshapeCore(shape);

    /// <inheritdoc/>
    public void Reshape(TensorBuffer like) => ReshapeCore(like);
}
