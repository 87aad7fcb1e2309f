using System.Runtime.InteropServices;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>Host memory for a stand-in without CUDA, which computes before a run returns.</summary>
internal sealed unsafe class HostSmokeMemory : ISmokeMemory
{
    private readonly List<nint> _memory = [];

    /// <inheritdoc/>
    public nint Stream => 0;

    /// <inheritdoc/>
    public nint Put(float[] values)
    {
        var address = (nint)NativeMemory.AlignedAlloc((nuint)values.Length * sizeof(float), 256);
        _memory.Add(address);
        values.CopyTo(new Span<float>((void*)address, values.Length));
        return address;
    }

    /// <inheritdoc/>
    public float[] Get(nint address, int count) => new Span<float>((void*)address, count).ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var address in _memory) NativeMemory.AlignedFree((void*)address);
    }
}
