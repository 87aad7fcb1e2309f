using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Running;

/// <summary>An execution context of a lane on one profile, with the addresses and shapes that are set in it.</summary>
internal sealed class LaneContext : IDisposable
{
    private readonly nint[] _addresses;
    private readonly TrtDims[] _shapes;
    private readonly bool[] _known;
    private readonly DataDependentOutput?[] _late;
    private readonly TrtOutputAllocator?[] _allocators;

    /// <summary>Takes ownership of a context.</summary>
    public LaneContext(TrtContext native, int profile, int tensors)
    {
        (Native, Profile) = (native, profile);
        _addresses = new nint[tensors];
        _shapes = new TrtDims[tensors];
        _known = new bool[tensors];
        _late = new DataDependentOutput?[tensors];
        _allocators = new TrtOutputAllocator?[tensors];
    }

    /// <summary>The context.</summary>
    public TrtContext Native { get; }

    /// <summary>Its profile, which never changes.</summary>
    public int Profile { get; }

    /// <summary>Sets the address of a tensor if it has changed.</summary>
    public void SetAddress(EngineTensor tensor, nint address)
    {
        if (_addresses[tensor.Index] == address) return;
        Native.SetTensorAddress(tensor.Name, address);
        _addresses[tensor.Index] = address;
    }

    /// <summary>Sets the shape of an input. TensorRT is called each time, so that it checks the shape each time.</summary>
    /// <exception cref="TensorRtException">The profile does not allow the shape.</exception>
    public void SetShape(EngineTensor input, in TrtDims shape)
    {
        if (!_shapes[input.Index].Equals(in shape))
        {
            ForgetShapes();
            _shapes[input.Index] = shape;
        }

        Native.SetInputShape(input.Name, in shape);
    }

    /// <summary>Forgets the outputs' shapes after the inputs' shapes or the values of shape tensors have changed.</summary>
    public void ForgetShapes() => Array.Clear(_known);

    /// <summary>
    /// The shape of an output for the inputs that are set; invalid if their shapes contradict each other. TensorRT is asked again
    /// only after an input's shape has changed.
    /// </summary>
    public ref readonly TrtDims ShapeOf(EngineTensor output)
    {
        ref var shape = ref _shapes[output.Index];
        if (_known[output.Index]) return ref shape;
        shape = Native.GetTensorShape(output.Name);
        _known[output.Index] = shape.IsValid;
        return ref shape;
    }

    /// <summary>The output if its size depends on data; <see langword="null"/> for others.</summary>
    public DataDependentOutput? DataDependentOf(EngineTensor output) => _late[output.Index];

    /// <summary>Gives the output an allocator. TensorRT calls it for memory during each run.</summary>
    public DataDependentOutput MakeDataDependent(Lane lane, EngineTensor output)
    {
        var late = new DataDependentOutput(lane, output);
        var allocator = new TrtOutputAllocator(Native.Library.Slots, late);
        try
        {
            Native.SetOutputAllocator(output.Name, allocator);
        }
        catch
        {
            allocator.Dispose();
            throw;
        }

        _allocators[output.Index] = allocator;
        return _late[output.Index] = late;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Native.Dispose();
        foreach (var allocator in _allocators) allocator?.Dispose();
    }
}
