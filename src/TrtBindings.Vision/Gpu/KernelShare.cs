using System.Runtime.CompilerServices;

namespace TrtBindings.Vision.Gpu;

/// <summary>
/// The kernels of this library on the GPU of one model, loaded once for all engines of the model and unloaded with the last.
/// </summary>
internal sealed class KernelShare : IDisposable
{
    private static readonly Lock Gate = new();

    /// <summary>Weak, so that an engine that nobody disposes does not keep its model.</summary>
    private static readonly ConditionalWeakTable<ModelGpu, KernelShare> Known = [];

    private readonly ModelGpu _gpu;
    private int _engines;

    private KernelShare(ModelGpu gpu) => (_gpu, Kernels) = (gpu, KernelSet.Load(gpu));

    /// <summary>The kernels.</summary>
    public KernelSet Kernels { get; }

    /// <summary>The kernels for one more engine.</summary>
    /// <exception cref="CudaException">The driver is too old for the PTX.</exception>
    public static KernelShare For(ModelGpu gpu)
    {
        lock (Gate)
        {
            if (!Known.TryGetValue(gpu, out var share)) Known.Add(gpu, share = new(gpu));
            share._engines++;
            return share;
        }
    }

    /// <summary>Ends one engine's use.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (--_engines > 0) return;
            Known.Remove(_gpu);
            Kernels.Dispose();
        }
    }
}
