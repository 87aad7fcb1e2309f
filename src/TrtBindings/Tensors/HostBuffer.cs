namespace TrtBindings.Tensors;

/// <summary>Host memory of a fixed size behind one address. Not thread-safe.</summary>
internal abstract class HostBuffer : IDisposable
{
    /// <summary>First byte; valid until disposal.</summary>
    public nint Address { get; protected set; }

    /// <summary>Size in bytes.</summary>
    public nint ByteLength { get; protected set; }

    /// <summary>Whether the library may replace it by a larger one.</summary>
    public abstract bool CanGrow { get; }

    public abstract void Dispose();
}

/// <summary>Where the host memory of tensors comes from: a backend may have a kind that it copies from faster.</summary>
internal interface IHostMemory
{
    /// <summary>Zeroed memory of the library's own, aligned for every backend.</summary>
    /// <param name="tensor">The tensor, for messages.</param>
    /// <param name="byteLength">At least 0; memory of 0 bytes has an address too.</param>
    /// <exception cref="TensorException">The system has not that much memory.</exception>
    HostBuffer Allocate(string tensor, nint byteLength);
}
