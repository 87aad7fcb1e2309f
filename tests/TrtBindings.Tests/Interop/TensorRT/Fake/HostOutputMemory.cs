using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>Growing host memory for an output whose size is known only during the run.</summary>
internal sealed unsafe class HostOutputMemory : ITrtOutputMemory, IDisposable
{
    private void* _memory;

    public bool Refuses { get; set; }

    public long[] Shape { get; private set; } = [];

    public nint Reallocate(nint current, ulong bytes, ulong alignment, nint stream)
    {
        if (Refuses) return 0;
        _memory = NativeMemory.AlignedRealloc(_memory, (nuint)Math.Max(1, bytes), (nuint)alignment);
        return (nint)_memory;
    }

    public void ShapeFound(in TrtDims shape) => Shape = shape.ToArray();

    public T[] Read<T>()
        where T : unmanaged => new ReadOnlySpan<T>(_memory, (int)Shape.Aggregate(1L, (a, b) => a * b)).ToArray();

    public void Dispose() => NativeMemory.AlignedFree(_memory);
}
