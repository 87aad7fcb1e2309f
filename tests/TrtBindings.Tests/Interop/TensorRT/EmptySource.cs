using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>A stream with nothing in it.</summary>
internal sealed class EmptySource : ITrtStreamSource
{
    public long Read(nint destination, long bytes, nint stream) => 0;

    public bool Seek(long offset, TrtSeekOrigin origin) => false;
}
