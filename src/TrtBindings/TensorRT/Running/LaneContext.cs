using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Callbacks;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Engines;

namespace TrtBindings.TensorRT.Running;

/// <summary>An execution context of a lane on one profile, and what is set in it.</summary>
internal sealed class LaneContext : IDisposable
{
    private readonly nint[] _addresses;
    private readonly TrtDims[] _shapes;
    private readonly bool[] _known;
    private readonly LateOutput?[] _late;
    private readonly TrtOutputAllocator?[] _allocators;

    /// <summary>Takes a context over.</summary>
    public LaneContext(TrtContext native, int profile, int tensors)
    {
        (Native, Profile) = (native, profile);
        _addresses = new nint[tensors];
        _shapes = new TrtDims[tensors];
        _known = new bool[tensors];
        _late = new LateOutput?[tensors];
        _allocators = new TrtOutputAllocator?[tensors];
    }

    /// <summary>The context.</summary>
    public TrtContext Native { get; }

    /// <summary>The profile that it is on for good.</summary>
    public int Profile { get; }

    /// <summary>Says where a tensor lies, if that is news.</summary>
    public void SetAddress(EngineTensor tensor, nint address)
    {
        if (_addresses[tensor.Index] == address) return;
        Native.SetTensorAddress(tensor.Name, address);
        _addresses[tensor.Index] = address;
    }

    /// <summary>Sets the shape of an input: each time, so that TensorRT checks it each time.</summary>
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

    /// <summary>The inputs' shapes, or values that decide shapes, may be others than before: outputs are asked anew.</summary>
    public void ForgetShapes() => Array.Clear(_known);

    /// <summary>
    /// The shape of an output for the inputs as set; invalid where they do not fit together. TensorRT is asked again when an
    /// input's shape was another one than the last time.
    /// </summary>
    public ref readonly TrtDims ShapeOf(EngineTensor output)
    {
        ref var shape = ref _shapes[output.Index];
        if (_known[output.Index]) return ref shape;
        shape = Native.GetTensorShape(output.Name);
        _known[output.Index] = shape.IsValid;
        return ref shape;
    }

    /// <summary>The output as one whose size depends on data; <see langword="null"/> for others.</summary>
    public LateOutput? LateOf(EngineTensor output) => _late[output.Index];

    /// <summary>From now on the output's memory is asked for in each run.</summary>
    public LateOutput MakeLate(Lane lane, EngineTensor output)
    {
        var late = new LateOutput(lane, output);
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
