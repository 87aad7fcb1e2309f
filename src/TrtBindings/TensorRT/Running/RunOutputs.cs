using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Engines;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The outputs of a binding: the shapes that a context says, their memory, and their way back. A tensor takes a new shape on
/// only when its values are there.
/// </summary>
internal sealed unsafe class RunOutputs
{
    private readonly TensorRtSession _engine;
    private readonly TensorBuffer[] _buffers;
    private readonly EngineTensor[] _tensors;
    private readonly bool[] _isCopied;
    private readonly nint[][] _lengths;
    private readonly int[] _ranks;
    private readonly EngineTensor[] _unbound;

    /// <summary>Ties tensors to the outputs that have their names.</summary>
    public RunOutputs(TensorRtSession engine, IReadOnlyList<TensorBuffer> buffers)
    {
        _engine = engine;
        _buffers = [.. buffers];
        _tensors = Array.ConvertAll(_buffers, buffer => engine.Outputs.First(tensor => tensor.Name.Text == buffer.Name));
        // One name may stand twice in a model: both tensors get a copy of the one output.
        _isCopied = Array.ConvertAll(_tensors, tensor => _tensors.Count(other => other == tensor) > 1);
        _lengths = Array.ConvertAll(_tensors, _ => new nint[TrtDims.MaxRank]);
        _ranks = new int[_tensors.Length];
        _unbound = Array.FindAll(engine.Outputs, tensor => !_tensors.Contains(tensor));
    }

    /// <summary>Whether the size of an output depends on data, as far as a context said until now.</summary>
    public bool HasLate { get; private set; }

    /// <summary>Longs that <see cref="WriteKey"/> writes.</summary>
    public int KeyLength => 1 + _tensors.Length + _unbound.Length;

    /// <summary>Checks where the tensors are.</summary>
    /// <exception cref="TensorException">A tensor is where it cannot be.</exception>
    public void Read()
    {
        for (var i = 0; i < _tensors.Length; i++) _engine.CheckPlace(_buffers[i], _tensors[i]);
    }

    /// <summary>Writes what a recorded run depends on: addresses of what is bound, and of what is not.</summary>
    public void WriteKey(Lane lane, Span<long> key)
    {
        // One binding may ask for all of an engine's outputs and another for some.
        key[0] = _tensors.Length;
        key = key[1..];
        for (var i = 0; i < _tensors.Length; i++)
            key[i] = IsWrittenInPlace(i) ? _buffers[i].DeviceAddress : lane.Memory.StagedAt(_tensors[i].Index);
        for (var i = 0; i < _unbound.Length; i++) key[_tensors.Length + i] = lane.Memory.StagedAt(_unbound[i].Index);
    }

    /// <summary>Asks a context, whose inputs are set, for every shape, makes room, and sets the addresses.</summary>
    /// <exception cref="TensorException">The inputs do not fit together, or memory of the caller is too small.</exception>
    /// <exception cref="TensorRtException">TensorRT finds no shape.</exception>
    public void Set(Lane lane, LaneContext context, RunInputs inputs)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            ref readonly var shape = ref context.ShapeOf(_tensors[i]);
            if (!shape.IsValid)
            {
                throw inputs.Explain(TrtStatus.Failure(
                    context.Native, "IExecutionContext.getTensorShape", $"found no shape for output '{_tensors[i].Name}'."));
            }

            var late = context.LateOf(_tensors[i]);
            if (late is null && IsOpen(shape)) late = context.MakeLate(lane, _tensors[i]);
            if (late is not null)
            {
                HasLate = true;
                late.Expect();
                continue;
            }

            MakeRoom(i, shape);
            var bytes = BytesOf(i);
            context.SetAddress(_tensors[i], _tensors[i].IsOnHost ? lane.Memory.OnHost(_tensors[i], bytes)
                : IsWrittenInPlace(i) ? _buffers[i].DeviceAddress
                : Stage(lane, context, _tensors[i], bytes));
        }

        foreach (var tensor in _unbound) SetAside(lane, context, tensor);
    }

    /// <summary>Queues the copies from the device, after the run was queued: now late shapes are known too.</summary>
    /// <exception cref="TensorException">Memory of the caller is too small.</exception>
    public void CopyOut(Lane lane, LaneContext? context)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            var late = context?.LateOf(_tensors[i]);
            if (late is not null) MakeRoom(i, late.Shape);
            if (_tensors[i].IsOnHost || (late is null && IsWrittenInPlace(i))) continue;
            var (buffer, source, bytes) = (_buffers[i], lane.Memory.StagedAt(_tensors[i].Index), BytesOf(i));
            if (buffer.IsOnDevice) lane.Stream.CopyOnDevice(buffer.DeviceAddress, source, bytes);
            else lane.Stream.CopyToHost((void*)buffer.Address, source, bytes);
        }
    }

    /// <summary>The run is done: every tensor takes its shape on.</summary>
    public void Take(Lane lane)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            var (buffer, bytes) = (_buffers[i], BytesOf(i));
            if (_tensors[i].IsOnHost)
                Buffer.MemoryCopy((void*)lane.Memory.OnHost(_tensors[i], bytes), (void*)buffer.Address, bytes, bytes);
            if (buffer is UntypedOutputTensor untyped) untyped.TakeAnnouncedType();
            buffer.SetLengths(LengthsOf(i));
        }
    }

    /// <summary>The shapes of the last run, to be used again by <see cref="Expect"/>.</summary>
    public nint[][] Remember() => [.. Enumerable.Range(0, _tensors.Length).Select(i => LengthsOf(i).ToArray())];

    /// <summary>The next run gives these shapes: makes room for them.</summary>
    /// <exception cref="TensorException">Memory of the caller is too small.</exception>
    public void Expect(nint[][] shapes)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            shapes[i].CopyTo(_lengths[i], 0);
            _ranks[i] = shapes[i].Length;
            MakeRoom(i);
        }
    }

    private static nint Stage(Lane lane, LaneContext context, EngineTensor tensor, nint bytes)
    {
        if (lane.Memory.HasRoom(tensor.Index, bytes)) return lane.Memory.StagedAt(tensor.Index);
        var most = context.Native.GetMaxOutputSize(tensor.Name);
        return lane.Memory.Stage(tensor.Index, LaneMemory.WithHeadroom(bytes, most));
    }

    /// <summary>An output that nobody asked for needs a place too.</summary>
    private void SetAside(Lane lane, LaneContext context, EngineTensor tensor)
    {
        ref readonly var shape = ref context.ShapeOf(tensor);
        if (context.LateOf(tensor) is null && IsOpen(shape)) context.MakeLate(lane, tensor);
        if (context.LateOf(tensor) is not null)
        {
            HasLate = true;
            return;
        }

        nint bytes = tensor.ElementBytes;
        for (var axis = 0; axis < shape.Rank; axis++) bytes = checked(bytes * (nint)shape[axis]);
        context.SetAddress(tensor, tensor.IsOnHost ? lane.Memory.OnHost(tensor, bytes) : Stage(lane, context, tensor, bytes));
    }

    private bool IsWrittenInPlace(int output) => _buffers[output].IsOnDevice && !_isCopied[output];

    private ReadOnlySpan<nint> LengthsOf(int output) => _lengths[output].AsSpan(0, _ranks[output]);

    private static bool IsOpen(in TrtDims shape)
    {
        for (var axis = 0; axis < shape.Rank; axis++)
            if (shape[axis] < 0) return true;
        return false;
    }

    private void MakeRoom(int output, in TrtDims shape)
    {
        for (var axis = 0; axis < shape.Rank; axis++) _lengths[output][axis] = checked((nint)shape[axis]);
        _ranks[output] = shape.Rank;
        MakeRoom(output);
    }

    private void MakeRoom(int output)
    {
        if (_buffers[output] is UntypedOutputTensor untyped) untyped.Announce(_tensors[output].Type);
        _buffers[output].EnsureCapacity(LengthsOf(output));
    }

    private nint BytesOf(int output)
    {
        nint bytes = _tensors[output].ElementBytes;
        foreach (var length in LengthsOf(output)) bytes = checked(bytes * length);
        return bytes;
    }
}
