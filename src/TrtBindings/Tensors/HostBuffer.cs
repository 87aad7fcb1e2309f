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
