namespace TrtBindings.TensorRT.Host;

/// <summary>Which TensorRT is used on which GPU.</summary>
/// <param name="LibraryPath">The file of libnvinfer, or its folder; <see langword="null"/> to look for it.</param>
/// <param name="CudaLibraryPath">The CUDA driver's library; <see langword="null"/> for the system's.</param>
/// <param name="GpuIndex">The GPU by its place in CUDA's order, where <paramref name="GpuUuid"/> names none.</param>
/// <param name="GpuUuid">The GPU by its identity; <see langword="null"/> to take the index.</param>
/// <param name="PluginLibraries">Libraries of plug-ins besides NVIDIA's own, by path.</param>
internal sealed record HostSettings(
    string? LibraryPath, string? CudaLibraryPath, int GpuIndex, string? GpuUuid, IReadOnlyList<string> PluginLibraries);
