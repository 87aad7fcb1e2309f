using System.Diagnostics;
using System.Globalization;
using TrtBindings.Gpu;
using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <summary>
/// Kernels that are loaded on a GPU from PTX or a cubin; see <see cref="ModelGpu.LoadModule"/>. PTX is compiled once for a driver
/// and GPU, and what comes of it is kept in the engine cache. Thread-safe, except for disposal: no run may use a kernel any more.
/// </summary>
public sealed class GpuModule : IDisposable
{
    private readonly CudaModule _native;

    private GpuModule(CudaModule native, bool isFromCache, TimeSpan loadTime) =>
        (_native, IsFromCache, LoadTime) = (native, isFromCache, loadTime);

    /// <summary>Whether the kernels were compiled before, so that the driver had nothing to compile.</summary>
    public bool IsFromCache { get; }

    /// <summary>Time that loading took, with the compilation if there was one.</summary>
    public TimeSpan LoadTime { get; }

    /// <summary>Finds a kernel.</summary>
    /// <param name="name">Its name, as <c>extern "C"</c> gives it.</param>
    /// <exception cref="CudaException">The module has no such kernel.</exception>
    public GpuKernel Kernel(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(_native.Function(name));
    }

    /// <summary>Unloads the kernels.</summary>
    public void Dispose() => _native.Dispose();

    internal static GpuModule Load(CudaContext context, ReadOnlySpan<byte> image, IKernelCache? cache = null)
    {
        if (image.IsEmpty) throw new ArgumentException("An empty image has no kernels: pass PTX or a cubin.", nameof(image));
        var start = Stopwatch.GetTimestamp();
        var module = CudaLinker.IsCompiled(image) ? CudaModule.Load(context, image) : null;
        var isFromCache = false;
        if (module is null)
        {
            var target = TargetOf(context.Device);
            module = cache is null ? null : Kept(context, cache.Read(image, target));
            isFromCache = module is not null;
            module ??= Made(context, image, target, cache);
        }

        return new(module, isFromCache, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>What a cubin depends on besides its PTX: the driver, whose compiler made it, and the GPU.</summary>
    internal static string TargetOf(CudaDevice device) => string.Concat(
        device.Library.DriverVersion.ToString(CultureInfo.InvariantCulture), "-sm", device.ComputeCapability);

    private static CudaModule? Kept(CudaContext context, byte[]? cubin)
    {
        try
        {
            return cubin is null ? null : CudaModule.Load(context, cubin);
        }
        catch (KernelLoadException)
        {
            // Another driver of the same CUDA version may refuse it. It is made again.
            return null;
        }
    }

    private static CudaModule Made(CudaContext context, ReadOnlySpan<byte> ptx, string target, IKernelCache? cache)
    {
        var cubin = CudaLinker.Link(context, ptx);
        var module = CudaModule.Load(context, cubin);
        cache?.Write(ptx, target, cubin);
        return module;
    }
}
