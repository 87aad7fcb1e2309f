using System.ComponentModel;
using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>
/// Base of the generated <c>Inputs</c> classes: memory for every input of a model, and the sizes in use.
/// </summary>
public abstract partial class ModelInputs : TensorSet
{
    private readonly long[] _capacities;
    private readonly long[] _values;
    private readonly ModelDeclaration _declaration;

    /// <summary>For generated code: inputs without a model. The values of the dynamic dimensions become the capacity.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ModelInputs(ModelSignature signature, params ReadOnlySpan<long> dimensions)
        : this(signature, signature.Declaration, AlignedHostMemory.Shared, dimensions)
    {
    }

    /// <summary>
    /// For generated code: inputs of a loaded model, in the kind of host memory that its backend reads fastest.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ModelInputs(OnnxModel model, params ReadOnlySpan<long> dimensions)
        : this(model.Signature, model.Declaration, model.HostMemory, dimensions)
    {
    }

    private ModelInputs(
        ModelSignature signature, ModelDeclaration declaration, IHostMemory hostMemory, ReadOnlySpan<long> dimensions)
        : base("inputs", hostMemory)
    {
        Signature = signature;
        _declaration = declaration;
        Check(dimensions);
        _capacities = dimensions.ToArray();
        _values = dimensions.ToArray();
    }

    /// <summary>The model that these inputs belong to.</summary>
    public ModelSignature Signature { get; }

    /// <summary>Present values of the dynamic dimensions, in the order of <see cref="ModelSignature.InputDimensions"/>.</summary>
    public ReadOnlySpan<long> DimensionValues => _values;

    /// <summary>Values of the dynamic dimensions that the memory was allocated for.</summary>
    public ReadOnlySpan<long> DimensionCapacities => _capacities;

    /// <summary>
    /// Sets the sizes in use, up to the allocated ones. Elements are not moved. Earlier views become invalid.
    /// </summary>
    /// <exception cref="TensorException">A size below its minimum or above what was allocated; nothing was changed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal void ResizeTo(params ReadOnlySpan<long> dimensions)
    {
        Enter();
        try
        {
            Check(dimensions);
            Span<nint> lengths = stackalloc nint[TensorBuffer.MaxRank];
            for (var i = 0; i < Tensors.Count; i++)
            {
                if (!TryLengths(i, dimensions, lengths, out var rank)) continue;
                if (!Tensors[i].Fits(lengths[..rank])) ThrowTooLarge(Tensors[i], dimensions, lengths[..rank]);
            }

            CheckOptional(dimensions, lengths);

            for (var i = 0; i < Tensors.Count; i++)
                if (TryLengths(i, dimensions, lengths, out var rank)) Tensors[i].SetLengths(lengths[..rank]);
            ResizeOptional(dimensions, lengths);
            dimensions.CopyTo(_values);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>For generated code: the next input, in memory of the library.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected InputTensor<T> AddTensor<T>()
        where T : unmanaged =>
        InputTensor<T>.In(NextTensor());

    /// <summary>For generated code: the next input, over memory of the caller.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected InputTensor<T> AddTensor<T>(Memory<T> memory)
        where T : unmanaged =>
        InputTensor<T>.In(NextTensor(), memory);

    /// <summary>For generated code: the next input, which holds text.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected StringInputTensor AddStringTensor() => new(NextTensor());

    /// <summary>For generated code: the slot of the next input, whose rank the model file declares.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TensorSlot NextTensor()
    {
        var declared = Next.Shape;
        var lengths = new nint[declared.IsRanked ? declared.Rank : 0];
        TryResolve(declared, Tensors.Count, Signature.InputDimensions, _values, lengths);
        return new(this, Next, lengths);
    }

    /// <summary>For generated code: the slot of the next input, whose rank the model file leaves open.</summary>
    /// <param name="shape">Its first shape; empty for a scalar.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TensorSlot NextUnrankedTensor(ReadOnlySpan<long> shape) =>
        new(this, Next, TensorBuffer.LengthsOf(Next.Name, shape, new nint[TensorBuffer.MaxRank]));

    private TensorDescription Next => Signature.Inputs[Tensors.Count];

    private bool TryLengths(int tensor, ReadOnlySpan<long> dimensions, Span<nint> lengths, out int rank)
    {
        var declared = Signature.Inputs[tensor].Shape;
        rank = declared.Rank;
        return TryResolve(declared, tensor, Signature.InputDimensions, dimensions, lengths);
    }

    private void Check(ReadOnlySpan<long> dimensions)
    {
        var declared = Signature.InputDimensions;
        Signature.CheckSizes("This model has", declared, dimensions);
        // The first dynamic dimension of such a model is its batch.
        if (Signature.IsInterleaved && dimensions[0] > 1)
        {
            var name = Signature.NameOf(declared[0]);
            throw new TensorException(name, $"{name} must be 1, not {dimensions[0]}: the model's outputs have no batch "
                + "dimension, and rows of several images would come out mixed. Run one image at a time, or export the model "
                + "with outputs [batch, rows, values].");
        }

        _declaration.Check(dimensions);
    }

    private void ThrowTooLarge(TensorBuffer tensor, ReadOnlySpan<long> dimensions, ReadOnlySpan<nint> lengths)
    {
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i] <= _capacities[i]) continue;
            var name = Signature.NameOf(Signature.InputDimensions[i]);
            throw new TensorException(name, $"{name} is {dimensions[i]}, but these inputs were allocated for "
                + $"{_capacities[i]}. Allocate inputs for the largest size that will be used.");
        }

        throw new TensorException(tensor.Name, $"Tensor '{tensor.Name}' of shape "
            + $"[{TensorBuffer.Join(lengths)}] does not fit the {tensor.CapacityInBytes:N0} bytes allocated.");
    }
}
