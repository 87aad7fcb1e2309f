namespace TrtBindings.Tensors;

/// <summary>Plain memory of the process: right for every backend.</summary>
internal sealed class AlignedHostMemory : IHostMemory
{
    private AlignedHostMemory()
    {
    }

    /// <summary>The one there is.</summary>
    public static AlignedHostMemory Shared { get; } = new();

    /// <inheritdoc/>
    public HostBuffer Allocate(string tensor, nint byteLength) => new AlignedHostBuffer(tensor, byteLength);
}
