namespace TrtBindings.Tensors;

/// <summary>Host memory of a fixed size at a fixed address. Not thread-safe.</summary>
internal abstract class HostBuffer : IDisposable
{
    /// <summary>Address of the first byte. Valid until disposal.</summary>
    public nint Address { get; protected set; }

    /// <summary>Size in bytes.</summary>
    public nint ByteLength { get; protected set; }

    /// <summary>True if the library can replace the buffer by a larger one. False for memory of the caller.</summary>
    public abstract bool CanGrow { get; }

    public abstract void Dispose();
}

/// <summary>Allocates the host memory of tensors. A backend can have its own, such as pinned memory.</summary>
internal unsafe interface IHostMemory
{
    /// <summary>Allocates zeroed memory that is aligned for every backend.</summary>
    /// <param name="tensor">Name of the tensor, for messages.</param>
    /// <param name="byteLength">Size in bytes, at least 0. Memory of 0 bytes also has an address.</param>
    /// <exception cref="TensorException">The system has too little memory.</exception>
    HostBuffer Allocate(string tensor, nint byteLength);

    /// <summary>A larger buffer with the contents of another one, which is disposed; not if this fails.</summary>
    /// <param name="tensor">Name of the tensor, for messages.</param>
    /// <param name="buffer">The buffer to replace.</param>
    /// <param name="byteLength">The new size in bytes. What is added is zero.</param>
    /// <exception cref="TensorException">The system has too little memory.</exception>
    HostBuffer Grow(string tensor, HostBuffer buffer, nint byteLength)
    {
        var larger = Allocate(tensor, byteLength);
        Buffer.MemoryCopy((void*)buffer.Address, (void*)larger.Address, byteLength, buffer.ByteLength);
        buffer.Dispose();
        return larger;
    }
}
