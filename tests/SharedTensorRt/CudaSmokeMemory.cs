using TrtBindings.Interop.Cuda;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>GPU memory with a stream of its own.</summary>
internal sealed unsafe class CudaSmokeMemory(CudaContext context) : ISmokeMemory
{
    private readonly CudaStream _stream = CudaStream.Create(context);
    private readonly List<DeviceMemory> _memory = [];

    /// <inheritdoc/>
    public nint Stream => _stream.Raw;

    /// <inheritdoc/>
    public nint Put(float[] values)
    {
        var memory = context.Allocator.Allocate(values.Length * sizeof(float), _stream);
        _memory.Add(memory);
        fixed (float* first = values) _stream.CopyToDevice(memory.Address, first, values.Length * sizeof(float));
        _stream.Synchronize();
        return memory.Address;
    }

    /// <inheritdoc/>
    public float[] Get(nint address, int count)
    {
        var values = new float[count];
        fixed (float* first = values)
        {
            _stream.CopyToHost(first, address, count * sizeof(float));
            _stream.Synchronize();
        }

        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var memory in _memory) memory.Dispose();
        _stream.Dispose();
    }
}
