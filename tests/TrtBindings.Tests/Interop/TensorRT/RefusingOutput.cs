using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>An output without memory that remembers its shape.</summary>
internal sealed class RefusingOutput : ITrtOutputMemory
{
    public TrtDims Shape { get; private set; }

    public nint Reallocate(nint current, ulong bytes, ulong alignment, nint stream) =>
        throw new OutOfMemoryException("none left");

    public void ShapeFound(in TrtDims shape) => Shape = shape;
}
