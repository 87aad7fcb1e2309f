using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The outputs of a binding: reads their shapes from the context, provides memory, and copies them back. A tensor gets its new
/// shape only after its values have arrived.
/// </summary>
internal sealed unsafe class RunOutputs
{
    private readonly TensorRtSession _session;
    private readonly TensorBuffer[] _buffers;
    private readonly EngineTensor[] _tensors;
    private readonly bool[] _isCopied;
    private readonly nint[][] _lengths;
    private readonly int[] _ranks;
    private readonly EngineTensor[] _unbound;

    /// <summary>Binds each tensor to the engine's output of the same name.</summary>
    public RunOutputs(TensorRtSession session, IReadOnlyList<TensorBuffer> buffers)
    {
        _session = session;
        _buffers = [.. buffers];
        _tensors = Array.ConvertAll(_buffers, buffer => session.Outputs.First(tensor => tensor.Name.Text == buffer.Name));
        // A model may list an output twice. Both tensors then get a copy of it.
        _isCopied = Array.ConvertAll(_tensors, tensor => _tensors.Count(other => other == tensor) > 1);
        _lengths = Array.ConvertAll(_tensors, _ => new nint[TrtDims.MaxRank]);
        _ranks = new int[_tensors.Length];
        _unbound = Array.FindAll(session.Outputs, tensor => !_tensors.Contains(tensor));
    }

    /// <summary>Number of outputs.</summary>
    public int Count => _tensors.Length;

    /// <summary>The size of an output depends on data, as far as the contexts have shown until now.</summary>
    public bool HasDataDependent { get; private set; }

    /// <summary>Number of values that <see cref="WriteKey"/> writes.</summary>
    public int KeyLength => 1 + _tensors.Length + _unbound.Length;

    /// <summary>Checks that every tensor is in memory that the engine can reach.</summary>
    /// <exception cref="TensorException">A tensor is in the wrong memory.</exception>
    public void Read()
    {
        for (var i = 0; i < _tensors.Length; i++) _session.CheckPlace(_buffers[i], _tensors[i]);
    }

    /// <summary>Writes the addresses that a CUDA graph depends on, of bound and unbound outputs.</summary>
    public void WriteKey(Lane lane, Span<long> key)
    {
        // Bindings may differ in the number of outputs that they ask for.
        key[0] = _tensors.Length;
        key = key[1..];
        for (var i = 0; i < _tensors.Length; i++)
            key[i] = IsWrittenInPlace(i) ? _buffers[i].DeviceAddress : lane.Memory.StagedAt(_tensors[i].Index);
        for (var i = 0; i < _unbound.Length; i++) key[_tensors.Length + i] = lane.Memory.StagedAt(_unbound[i].Index);
    }

    /// <summary>
    /// Reads every shape from a context whose inputs are set, provides memory, and sets the addresses in the context.
    /// </summary>
    /// <exception cref="TensorException">Contradicting shapes of inputs, or too little memory of the caller.</exception>
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

            var late = context.DataDependentOf(_tensors[i]);
            if (late is null && IsOpen(shape)) late = context.MakeDataDependent(lane, _tensors[i]);
            if (late is not null)
            {
                HasDataDependent = true;
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

    /// <summary>Queues the copies from the device, after the run. Shapes that depend on data are known by now.</summary>
    /// <exception cref="TensorException">The caller's memory is too small.</exception>
    public void CopyOut(Lane lane, LaneContext? context)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            var late = context?.DataDependentOf(_tensors[i]);
            if (late is not null) MakeRoom(i, late.Shape);
            if (_tensors[i].IsOnHost || (late is null && IsWrittenInPlace(i))) continue;
            var (buffer, source, bytes) = (_buffers[i], lane.Memory.StagedAt(_tensors[i].Index), BytesOf(i));
            if (buffer.IsOnDevice) lane.Stream.CopyOnDevice(buffer.DeviceAddress, source, bytes);
            else lane.Stream.CopyToHost((void*)buffer.Address, source, bytes);
        }
    }

    /// <summary>
    /// Takes the shapes that depend on data, which are known when the model is queued, and queues the copies of those values to
    /// device memory of the caller: work of the application that follows reads them there.
    /// </summary>
    /// <exception cref="TensorException">The caller's memory is too small.</exception>
    public void TakeLate(Lane lane, LaneContext context)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            if (context.DataDependentOf(_tensors[i]) is not { } late) continue;
            MakeRoom(i, late.Shape);
            if (_buffers[i].IsOnDevice)
                lane.Stream.CopyOnDevice(_buffers[i].DeviceAddress, lane.Memory.StagedAt(_tensors[i].Index), BytesOf(i));
        }
    }

    /// <summary>Sets the shape of every tensor after the run has completed.</summary>
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

    /// <summary>The engine's tensor of an output.</summary>
    public EngineTensor TensorAt(int output) => _tensors[output];

    /// <summary>Where the engine writes an output of a graph, and its size.</summary>
    public (nint Address, nint Bytes) ValuesOf(Lane lane, int output) =>
        (IsWrittenInPlace(output) ? _buffers[output].DeviceAddress : lane.Memory.StagedAt(_tensors[output].Index),
            BytesOf(output));

    /// <summary>An input in whose memory an output lies; <see langword="null"/> for none.</summary>
    public string? WritesInto(RunInputs inputs)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            if (IsWrittenInPlace(i) && inputs.At(_buffers[i].DeviceAddress, BytesOf(i)) is { } input) return input;
        }

        return null;
    }

    /// <summary>The shapes of the run that is being queued; the same object if they are those it holds.</summary>
    public GpuShapes Shapes(GpuShapes? known)
    {
        var same = known is not null;
        for (var i = 0; same && i < _tensors.Length; i++) same = known![i].SequenceEqual(LengthsOf(i));
        return same ? known! : new(Remember());
    }

    /// <summary>The shapes of the last run, for <see cref="Expect"/>.</summary>
    public nint[][] Remember() => [.. Enumerable.Range(0, _tensors.Length).Select(i => LengthsOf(i).ToArray())];

    /// <summary>Provides memory for the known shapes of a CUDA graph's outputs.</summary>
    /// <exception cref="TensorException">The caller's memory is too small.</exception>
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

    /// <summary>Provides memory for an output that is not bound. TensorRT writes it all the same.</summary>
    private void SetAside(Lane lane, LaneContext context, EngineTensor tensor)
    {
        ref readonly var shape = ref context.ShapeOf(tensor);
        if (context.DataDependentOf(tensor) is null && IsOpen(shape)) context.MakeDataDependent(lane, tensor);
        if (context.DataDependentOf(tensor) is not null)
        {
            HasDataDependent = true;
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
