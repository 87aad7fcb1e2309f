using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Engines;

namespace TrtBindings.TensorRT.Running;

/// <summary>The inputs of a binding: their shapes now, the profile for them, and their way into a context.</summary>
internal sealed unsafe class RunInputs
{
    private readonly TensorRtSession _engine;
    private readonly TensorBuffer[] _buffers;
    private readonly EngineTensor[] _tensors;
    private readonly TrtDims[] _shapes;
    private readonly long[][] _values;

    /// <summary>Ties tensors to the inputs that have their names.</summary>
    public RunInputs(TensorRtSession engine, IReadOnlyList<TensorBuffer> buffers)
    {
        _engine = engine;
        _tensors = engine.Inputs;
        _buffers = [.. _tensors.Select(tensor => buffers.First(buffer => buffer.Name == tensor.Name.Text))];
        _shapes = new TrtDims[_tensors.Length];
        _values = [.. _tensors.Select(_ => Array.Empty<long>())];
    }

    /// <summary>The profile for the shapes.</summary>
    public int Profile { get; private set; } = -1;

    /// <summary>Longs that <see cref="WriteKey"/> writes.</summary>
    public int KeyLength => _tensors.Length * (TrtDims.MaxRank + 2);

    /// <summary>Reads the shapes, and chooses the profile again if they changed.</summary>
    /// <exception cref="TensorException">No profile allows the shapes, or a tensor is where it cannot be.</exception>
    public void Read()
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            var buffer = _buffers[i];
            _engine.CheckPlace(buffer, _tensors[i]);
            // Forgotten at once: should a later tensor be refused, the next call finds this one unchanged.
            if (!IsShape(_shapes[i], buffer.Lengths))
            {
                Profile = -1;
                _shapes[i] = ShapeOf(buffer);
            }

            if (_tensors[i].DecidesShapes && ReadValues(i)) Profile = -1;
        }

        if (Profile >= 0) return;
        Profile = _engine.Profiles.Choose(_shapes, _values);
        if (Profile < 0) throw _engine.Profiles.Refusal(_shapes, _values);
    }

    /// <summary>Makes room on the device for the inputs that are copied there.</summary>
    public void Stage(Lane lane)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            var (tensor, bytes) = (_tensors[i], _buffers[i].ByteLength);
            if (tensor.IsOnHost || _buffers[i].IsOnDevice || lane.Memory.HasRoom(tensor.Index, bytes)) continue;
            var most = _engine.Profiles[Profile, i].MaxElements * tensor.ElementBytes;
            lane.Memory.Stage(tensor.Index, LaneMemory.WithHeadroom(bytes, most));
        }
    }

    /// <summary>Writes what a recorded run depends on: shapes and addresses.</summary>
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

    /// <summary>Sets every shape and address in a context.</summary>
    /// <exception cref="TensorRtException">TensorRT refuses one.</exception>
    public void Set(Lane lane, LaneContext context)
    {
        for (var i = 0; i < _tensors.Length; i++)
        {
            if (_tensors[i].IsOnHost) CopyToHost(lane, i);
            context.SetAddress(_tensors[i], AddressOf(lane, i));
            if (_tensors[i].IsDynamic) context.SetShape(_tensors[i], in _shapes[i]);
        }

        if (!_engine.HasShapeValues) return;
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

    /// <summary>The error of inputs that TensorRT finds no output shape for, where equal names ask for equal sizes.</summary>
    /// <param name="error">What TensorRT said.</param>
    /// <returns>An error that names both dimensions, or TensorRT's own.</returns>
    public TrtBindingsException Explain(TensorRtException error)
    {
        var places = new List<(string? Name, string Text, long Size, string Tensor)>();
        for (var i = 0; i < _tensors.Length; i++)
        {
            var declared = _buffers[i].Description.Shape;
            for (var axis = 0; axis < Math.Min(declared.Rank, _shapes[i].Rank); axis++)
            {
                if (declared.Dimensions[axis] is not { Kind: not DimensionKind.Fixed, Name: { } name }) continue;
                places.Add((name, $"dimension {axis} of '{_tensors[i].Name}' is {_shapes[i][axis]}", _shapes[i][axis],
                    _tensors[i].Name.Text));
            }
        }

        foreach (var message in error.Messages)
        {
            foreach (var place in places)
            {
                if (!message.Contains($"name {place.Name} ", StringComparison.Ordinal)) continue;
                var other = places.Find(other => other.Name == place.Name && other.Size != place.Size);
                if (other.Text is null) continue;
                return new TensorException(place.Tensor, "The engine was built of a model that calls two dimensions "
                    + $"'{place.Name}', and so wants them equal: {place.Text}, and {other.Text}. Run equal sizes, or build the "
                    + $"engine with TrtBindings, which leaves such names out. TensorRT said: {message}", error);
            }
        }

        return error;
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
