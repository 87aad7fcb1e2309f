using System.ComponentModel;
using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>
/// Base of the generated <c>Outputs</c> classes: memory for every output of a model. An output has the shape that the
/// backend reported for the last run. Before the first run it has the declared shape, or is empty if the file leaves a dimension
/// open or declares a size that does not hold.
/// </summary>
public abstract class ModelOutputs : TensorSet
{
    private readonly long[] _capacities;
    private int _next;

    /// <summary>
    /// For generated code: outputs without a model, for the values of the dynamic dimensions that inputs share.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ModelOutputs(ModelSignature signature, params ReadOnlySpan<long> dimensions)
        : this(signature, AlignedHostMemory.Shared, dimensions)
    {
    }

    /// <summary>
    /// For generated code: outputs of a loaded model, in the kind of host memory that its backend writes fastest.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ModelOutputs(OnnxModel model, params ReadOnlySpan<long> dimensions)
        : this(model.Signature, model.HostMemory, dimensions)
    {
    }

    private ModelOutputs(ModelSignature signature, IHostMemory hostMemory, ReadOnlySpan<long> dimensions)
        : base("outputs", hostMemory)
    {
        Signature = signature;
        signature.CheckSizes("This model's outputs have", signature.OutputDimensions, dimensions);
        _capacities = dimensions.ToArray();
    }

    /// <summary>The model that these outputs belong to.</summary>
    public ModelSignature Signature { get; }

    /// <summary>
    /// Values that the outputs were allocated for, in the order of <see cref="ModelSignature.OutputDimensions"/>.
    /// </summary>
    public ReadOnlySpan<long> DimensionCapacities => _capacities;

    /// <summary>For generated code: the next output, in memory of the library.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected OutputTensor<T> AddTensor<T>()
        where T : unmanaged =>
        OutputTensor<T>.In(NextTensor());

    /// <summary>For generated code: the next output, over memory of the caller.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected OutputTensor<T> AddTensor<T>(Memory<T> memory)
        where T : unmanaged =>
        OutputTensor<T>.In(NextTensor(), memory);

    /// <summary>For generated code: the next output, which holds text.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected StringOutputTensor AddStringTensor() => new(NextTensor());

    /// <summary>For generated code: the next output, whose type is known only after a run.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected UntypedOutputTensor AddUntypedTensor() => new(NextTensor());

    /// <summary>For generated code: the slot of the next output.</summary>
    /// <remarks>
    /// A fixed size in the file may be wrong. If the system does not have that much memory, the output starts empty, and the
    /// first run reports the real size.
    /// </remarks>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TensorSlot NextTensor()
    {
        var next = Signature.Outputs[_next];
        var lengths = InitialLengths(next.Shape);
        _next++;
        return new(this, next, lengths, startsEmptyIfTooLarge: next.Shape.IsFixed);
    }

    /// <summary>
    /// For generated code: skips an output whose type has no C# form. It gets no memory and is not requested from the backend, so
    /// <see cref="TensorSet.Tensors"/> has fewer items than <see cref="ModelSignature.Outputs"/>.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void SkipTensor() => _next++;

    /// <summary>Refuses inputs that hold more than these outputs were allocated for.</summary>
    internal void CheckCapacity(ModelInputs inputs)
    {
        var shared = Signature.OutputDimensions;
        for (var i = 0; i < shared.Count; i++)
        {
            var value = inputs.DimensionValues[Signature.IndexOfInputDimension(shared[i])];
            if (value <= _capacities[i]) continue;
            var name = Signature.NameOf(shared[i]);
            throw new TensorException(name, $"The inputs have {name} {value}, but the outputs were allocated for "
                + $"{_capacities[i]}. Allocate outputs for the largest size that will be used.");
        }
    }

    /// <summary>The declared shape; all zero if a dimension is known only after a run.</summary>
    private nint[] InitialLengths(SymbolicShape declared)
    {
        if (!declared.IsRanked) return [0];
        var lengths = new nint[declared.Rank];
        if (!TryResolve(declared, -1, Signature.OutputDimensions, _capacities, lengths)) lengths.AsSpan().Clear();
        return lengths;
    }
}
