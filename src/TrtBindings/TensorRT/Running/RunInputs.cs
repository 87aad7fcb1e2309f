using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Running;

/// <summary>The inputs of a binding: reads their shapes, chooses the profile, and sets and copies them for a run.</summary>
internal sealed unsafe class RunInputs
{
    private readonly TensorRtSession _session;
    private readonly TensorBuffer[] _buffers;
    private readonly EngineTensor[] _tensors;
    private readonly TrtDims[] _shapes;
    private readonly long[][] _values;

    /// <summary>Binds each tensor to the engine's input of the same name.</summary>
    /// <exception cref="TensorException">A tensor replaces a default, which TensorRT has built into the engine.</exception>
    public RunInputs(TensorRtSession session, IReadOnlyList<TensorBuffer> buffers)
    {
        foreach (var buffer in buffers)
        {
            if (Array.Exists(session.Inputs, tensor => tensor.Name.Text == buffer.Name)) continue;
            throw new TensorException(buffer.Name, $"Input '{buffer.Name}' has a default, which TensorRT has built into the "
                + "engine, and the engine takes no other value. Call UseDefault() on it, or load the model with "
                + "ModelOptions.Require(BackendKind.OnnxRuntimeCuda) or BackendKind.OnnxRuntimeCpu.");
        }

        _session = session;
        _tensors = session.Inputs;
        _buffers = [.. _tensors.Select(tensor => buffers.First(buffer => buffer.Name == tensor.Name.Text))];
        _shapes = new TrtDims[_tensors.Length];
        _values = [.. _tensors.Select(_ => Array.Empty<long>())];
    }

    /// <summary>The profile for the current shapes.</summary>
    public int Profile { get; private set; } = -1;

    /// <summary>The profile to take where it allows the shapes; −1 for the one that fits them best.</summary>
    public int Preferred { get; set; } = -1;

    /// <summary>Number of values that <see cref="WriteKey"/> writes.</summary>
    public int KeyLength => _tensors.Length * (TrtDims.MaxRank + 2);

    /// <summary>Reads the shapes, and chooses the profile again if they have changed.</summary>
    /// <exception cref="TensorException">No profile allows the shapes, or a tensor is in the wrong memory.</exception>
    public void Read()
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            var buffer = _buffers[i];
            _session.CheckPlace(buffer, _tensors[i]);
            // The profile is reset at once: if a later tensor is refused, the next call sees this one as unchanged.
            if (!IsShape(_shapes[i], buffer.Lengths))
            {
                Profile = -1;
                _shapes[i] = ShapeOf(buffer);
            }

            if (_tensors[i].DecidesShapes && ReadValues(i)) Profile = -1;
        }

        if (Profile >= 0) return;
        Profile = _session.Profiles.Choose(_shapes, _values, Preferred);
        if (Profile < 0) throw _session.Profiles.Refusal(_shapes, _values);
    }

    /// <summary>Allocates device memory for inputs in host memory.</summary>
    public void Stage(Lane lane)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            var (tensor, bytes) = (_tensors[i], _buffers[i].ByteLength);
            if (tensor.IsOnHost || _buffers[i].IsOnDevice || lane.Memory.HasRoom(tensor.Index, bytes)) continue;
            var most = _session.Profiles[Profile, i].MaxElements * tensor.ElementBytes;
            lane.Memory.Stage(tensor.Index, LaneMemory.WithHeadroom(bytes, most));
        }
    }

    /// <summary>Writes the shapes and addresses that a CUDA graph depends on.</summary>
    public void WriteKey(Lane lane, Span<long> key)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            var part = key.Slice(i * (TrtDims.MaxRank + 2), TrtDims.MaxRank + 2);
            part.Clear();
            part[0] = AddressOf(lane, i);
            part[1] = _shapes[i].Rank;
            _shapes[i].CopyTo(part[2..]);
        }
    }

    /// <summary>Sets every shape and address in an execution context.</summary>
    /// <exception cref="TensorRtException">TensorRT refuses one.</exception>
    public void Set(Lane lane, LaneContext context)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            if (_tensors[i].IsOnHost) CopyToHost(lane, i);
            context.SetAddress(_tensors[i], AddressOf(lane, i));
            if (_tensors[i].IsDynamic) context.SetShape(_tensors[i], in _shapes[i]);
        }

        if (!_session.HasShapeTensors) return;
        context.ForgetShapes();
        context.Native.InferShapes();
    }

    /// <summary>Queues the copies to the device.</summary>
    public void CopyIn(Lane lane)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            var buffer = _buffers[i];
            if (_tensors[i].IsOnHost || buffer.IsOnDevice) continue;
            lane.Stream.CopyToDevice(lane.Memory.StagedAt(_tensors[i].Index), (void*)buffer.Address, buffer.ByteLength);
        }
    }

    /// <summary>
    /// The error for inputs that TensorRT finds no output shape for. An engine that was built elsewhere keeps placeholder names
    /// such as <c>?</c>, and TensorRT then demands equal sizes for equal names.
    /// </summary>
    /// <param name="error">TensorRT's error.</param>
    /// <returns>An error that names two such dimensions of different size; otherwise TensorRT's error.</returns>
    public TrtBindingsException Explain(TensorRtException error)
    {
        Dictionary<string, (int Input, int Axis)> seen = [];
        for (var i = 0; i < _tensors.Length; i++)
        {
            var declared = _buffers[i].Description.Shape;
            for (var axis = 0; axis < Math.Min(declared.Rank, _shapes[i].Rank); axis++)
            {
                if (declared.Dimensions[axis] is not { Kind: DimensionKind.Unknown, Name: { } name }) continue;
                if (seen.TryAdd(name, (i, axis))) continue;
                var first = seen[name];
                if (_shapes[first.Input][first.Axis] == _shapes[i][axis]) continue;
                return new TensorException(_tensors[i].Name.Text, $"TensorRT finds no shape for an output. The model calls two "
                    + $"dimensions '{name}', and an engine that was built elsewhere wants them equal: "
                    + $"{Size(first.Input, first.Axis)}, and {Size(i, axis)}. Run equal sizes, or build the engine with "
                    + $"TrtBindings, which leaves such names out. {error.Message}", error);
            }
        }

        return error;

        string Size(int input, int axis) => $"dimension {axis} of '{_tensors[input].Name}' is {_shapes[input][axis]}";
    }

    /// <summary>An input that has bytes of a range of device memory; <see langword="null"/> for none.</summary>
    public string? At(nint address, nint bytes)
    {
        foreach (var buffer in _buffers)
        {
            if (buffer.IsOnDevice && buffer.DeviceAddress < address + bytes && address < buffer.DeviceAddress + buffer.ByteLength)
                return buffer.Name;
        }

        return null;
    }

    private nint AddressOf(Lane lane, int input) =>
        _tensors[input].IsOnHost ? lane.Memory.OnHost(_tensors[input], _buffers[input].ByteLength)
        : _buffers[input].IsOnDevice ? _buffers[input].DeviceAddress
        : lane.Memory.StagedAt(_tensors[input].Index);

    private void CopyToHost(Lane lane, int input)
    {
        var buffer = _buffers[input];
        Buffer.MemoryCopy((void*)buffer.Address, (void*)AddressOf(lane, input), buffer.ByteLength, buffer.ByteLength);
    }

    private bool ReadValues(int input)
    {
        var buffer = _buffers[input];
        var count = checked((int)buffer.ElementCount);
        var values = _values[input];
        var changed = values.Length != count;
        if (changed) _values[input] = values = new long[count];
        for (var i = 0; i < count; i++)
        {
            var value = buffer.Description.ElementType == ElementType.Int64
                ? ((long*)buffer.Address)[i]
                : ((int*)buffer.Address)[i];
            changed |= values[i] != value;
            values[i] = value;
        }

        return changed;
    }

    private static bool IsShape(in TrtDims shape, ReadOnlySpan<nint> lengths)
    {
        if (shape.Rank != lengths.Length) return false;
        for (var axis = 0; axis < lengths.Length; axis++)
            if (shape[axis] != lengths[axis]) return false;
        return true;
    }

    private static TrtDims ShapeOf(TensorBuffer buffer)
    {
        var lengths = buffer.Lengths;
        if (lengths.Length > TrtDims.MaxRank)
        {
            throw new TensorException(buffer.Name,
                $"Input '{buffer.Name}' has {lengths.Length} dimensions, and TensorRT takes at most {TrtDims.MaxRank}.");
        }

        Span<long> sizes = stackalloc long[lengths.Length];
        for (var axis = 0; axis < lengths.Length; axis++) sizes[axis] = lengths[axis];
        return new(sizes);
    }
}
