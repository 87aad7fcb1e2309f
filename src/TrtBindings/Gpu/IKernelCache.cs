namespace TrtBindings.Gpu;

/// <summary>Keeps compiled kernels between processes. A problem with it costs time and is never an error.</summary>
internal interface IKernelCache
{
    /// <summary>Reads compiled kernels; <see langword="null"/> if there are none, or if they cannot be trusted.</summary>
    /// <param name="ptx">What they were made of.</param>
    /// <param name="target">What they were made for.</param>
    byte[]? Read(ReadOnlySpan<byte> ptx, string target);

    /// <summary>Keeps compiled kernels, if possible.</summary>
    void Write(ReadOnlySpan<byte> ptx, string target, ReadOnlySpan<byte> cubin);
}
