namespace TrtBindings.Gpu;

/// <summary>Keeps compiled kernels between processes. A problem with it costs time and is never an error.</summary>
internal interface IKernelCache
{
    /// <summary>Reads compiled kernels; empty if there are none, or if they cannot be trusted.</summary>
    /// <param name="key">What they were made of and for.</param>
    ReadOnlyMemory<byte> Read(string key);

    /// <summary>Keeps compiled kernels, if possible.</summary>
    void Write(string key, ReadOnlySpan<byte> cubin);
}
