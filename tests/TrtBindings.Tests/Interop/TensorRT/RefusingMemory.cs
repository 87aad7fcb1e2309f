using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Device memory that is always exhausted.</summary>
internal sealed class RefusingMemory : ITrtGpuMemory
{
    public nint Allocate(ulong bytes, ulong alignment, nint stream) => throw new OutOfMemoryException("none left");

    public bool Free(nint address, nint stream) => false;
}
