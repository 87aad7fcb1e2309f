namespace TrtBindings.Vision.Engines;

/// <summary>The device memory of an engine's input and outputs.</summary>
internal sealed class DeviceTensors : IDisposable
{
    private readonly ModelGpu _gpu;
    private readonly DeviceBuffer?[] _buffers;
    private readonly bool[] _isOpen;
    private readonly GpuOutput[] _outputs;
    private DeviceBuffer? _input;

    private DeviceTensors(ModelGpu gpu, int outputs)
    {
        _gpu = gpu;
        (_buffers, _isOpen, _outputs) = (new DeviceBuffer?[outputs], new bool[outputs], new GpuOutput[outputs]);
    }

    /// <summary>Address of the input.</summary>
    public nint InputAddress => _input!.Address;

    /// <summary>The outputs, in the model's order.</summary>
    public ReadOnlySpan<GpuOutput> Outputs => _outputs;

    /// <summary>Whether the file does not tell the size of an output.</summary>
    public bool HasOpenOutputs { get; private set; }

    /// <summary>Moves tensors to device memory that holds their present shapes.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free. Nothing is kept.</exception>
    public static DeviceTensors Bind(ModelGpu gpu, ModelInputs inputs, ModelOutputs outputs, ProcessingPlaces places)
    {
        var made = new DeviceTensors(gpu, places.Postprocesses ? outputs.Tensors.Count : 0);
        try
        {
            if (places.Preprocesses)
            {
                var images = inputs.Tensors[0];
                made._input = gpu.Allocate(BytesOf(images));
                images.UseDeviceMemory(made._input);
            }

            for (var i = 0; i < made._buffers.Length; i++) made.BindFirst(outputs.Tensors[i], i);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>Moves the outputs whose size the file does not tell to host memory, where they can have any.</summary>
    public void OpenOutputs(ModelOutputs outputs)
    {
        for (var i = 0; i < _isOpen.Length; i++)
            if (_isOpen[i]) outputs.Tensors[i].UseHostMemory();
    }

    /// <summary>Moves those outputs to device memory that holds the shapes they have now.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    public void BindOutputs(ModelOutputs outputs)
    {
        for (var i = 0; i < _isOpen.Length; i++)
        {
            if (!_isOpen[i]) continue;
            var tensor = outputs.Tensors[i];
            var bytes = Math.Max(1, BytesOf(tensor));
            if (_buffers[i] is null || _buffers[i]!.ByteLength < bytes) Replace(i, bytes);
            Use(tensor, i);
        }
    }

    /// <summary>Frees the memory as soon as no tensor uses it.</summary>
    public void Dispose()
    {
        _input?.Dispose();
        foreach (var buffer in _buffers) buffer?.Dispose();
    }

    private static nint BytesOf(TensorBuffer tensor) => tensor.ElementCount * tensor.Description.ElementType.BitWidth() / 8;

    private void BindFirst(TensorBuffer tensor, int index)
    {
        _isOpen[index] = tensor.ElementCount == 0 || HasVarying(tensor.Description.Shape);
        HasOpenOutputs |= _isOpen[index];
        if (_isOpen[index]) return;
        Replace(index, BytesOf(tensor));
        Use(tensor, index);
    }

    private static bool HasVarying(SymbolicShape shape)
    {
        foreach (var dimension in shape.Dimensions)
            if (dimension.Varies) return true;
        return false;
    }

    private void Replace(int index, nint bytes)
    {
        var larger = _gpu.Allocate(bytes);
        _buffers[index]?.Dispose();
        _buffers[index] = larger;
    }

    private void Use(TensorBuffer tensor, int index)
    {
        tensor.UseDeviceMemory(_buffers[index]!);
        _outputs[index] = new(_buffers[index]!.Address, tensor.Description.ElementType);
    }
}
