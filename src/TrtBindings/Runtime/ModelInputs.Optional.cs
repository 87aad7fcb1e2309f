using System.ComponentModel;

namespace TrtBindings;

/// <content>Inputs with a default.</content>
public abstract partial class ModelInputs
{
    private readonly List<OptionalInput> _optional = [];

    /// <summary>The inputs with a default, in the order of <see cref="ModelSignature.OptionalInputs"/>.</summary>
    public IReadOnlyList<OptionalInput> OptionalInputs => _optional;

    /// <summary>Increases when a default is replaced or used again, so that the model knows when to bind again.</summary>
    internal int OptionalVersion { get; private set; }

    /// <summary>The tensors that a run gets: those of all inputs without a default, and those that replace one.</summary>
    internal IReadOnlyList<TensorBuffer> Given()
    {
        if (!_optional.Exists(static input => input.IsSet)) return Tensors;
        List<TensorBuffer> given = [.. Tensors];
        foreach (var input in _optional)
            if (input.Given is { } tensor) given.Add(tensor);
        return given;
    }

    /// <summary>For generated code: the next input with a default.</summary>
    /// <param name="create">Makes its tensor.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected OptionalInput<TTensor> AddOptional<TTensor>(TensorFactory<TTensor> create)
        where TTensor : TensorBuffer
    {
        ArgumentNullException.ThrowIfNull(create);
        var description = Signature.OptionalInputs[_optional.Count];
        var input = new OptionalInput<TTensor>(this, description, () => Create(description, create), () => OptionalVersion++);
        _optional.Add(input);
        return input;
    }

    /// <summary>For generated code: the next input with a default, whose type does not have its shape.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected OptionalInput<InputTensor<T>> AddOptionalTensor<T>()
        where T : unmanaged => AddOptional(static slot => InputTensor<T>.In(slot));

    /// <summary>For generated code: the next input with a default, which holds text.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected OptionalInput<StringInputTensor> AddOptionalStringTensor() =>
        AddOptional(static slot => new StringInputTensor(slot));

    /// <summary>For generated code: skips an input with a default whose type has no C# form.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void SkipOptional() =>
        AddOptional<TensorBuffer>(static slot => throw new NotSupportedException($"{slot.Description} has no C# form."));

    /// <summary>Makes a tensor with room for the allocated sizes, at the sizes in use.</summary>
    private TTensor Create<TTensor>(TensorDescription description, TensorFactory<TTensor> create)
        where TTensor : TensorBuffer
    {
        var lengths = new nint[description.Shape.IsRanked ? description.Shape.Rank : 0];
        // A shape that other inputs do not decide starts as a scalar, and the caller reshapes it.
        var isDecided = TryResolve(description.Shape, -1, Signature.InputDimensions, _capacities, lengths);
        var tensor = create(new(this, description, isDecided ? lengths : []) { IsOptional = true });
        if (isDecided && TryLengths(tensor, _values, lengths)) tensor.SetLengths(lengths);
        return tensor;
    }

    private void CheckOptional(ReadOnlySpan<long> dimensions, Span<nint> lengths)
    {
        foreach (var input in _optional)
        {
            if (input.Memory is not { } tensor || !TryLengths(tensor, dimensions, lengths)) continue;
            var rank = tensor.Description.Shape.Rank;
            if (!tensor.Fits(lengths[..rank])) ThrowTooLarge(tensor, dimensions, lengths[..rank]);
        }
    }

    private void ResizeOptional(ReadOnlySpan<long> dimensions, Span<nint> lengths)
    {
        foreach (var input in _optional)
        {
            if (input.Memory is { } tensor && TryLengths(tensor, dimensions, lengths))
                tensor.SetLengths(lengths[..tensor.Description.Shape.Rank]);
        }
    }

    private bool TryLengths(TensorBuffer tensor, ReadOnlySpan<long> dimensions, Span<nint> lengths) =>
        TryResolve(tensor.Description.Shape, -1, Signature.InputDimensions, dimensions, lengths);
}
