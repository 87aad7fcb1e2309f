using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Yolo;

/// <summary>What <see cref="RotatedSuppression"/> does, with kernels. Owns its device memory.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="iou">The threshold.</param>
/// <param name="agnostic">Whether a box also suppresses boxes of other classes.</param>
internal sealed class GpuRotatedSuppression(KernelSet kernels, float iou, bool agnostic) : IDisposable
{
    private const int Threads = 256;
    private const int BoxesPerBlock = 8;
    private const int Gaussian = 56;

    private readonly GpuKernel _boxes = kernels["rotatedBoxes"];
    private readonly GpuKernel _suppress = kernels["rotatedSuppress"];
    private readonly GpuKernel _keep = kernels["rotatedKept"];
    private readonly double _farthest = GaussianBox.DistanceOf(iou);
    private readonly GpuRoom _gaussians = new(kernels);
    private readonly GpuRoom _dropped = new(kernels);

    /// <summary>Wants room for the candidates of pictures.</summary>
    public void Need(GpuGrowth growth, int batch, int candidates)
    {
        growth.Add(_gaussians, (nint)batch * candidates * Gaussian);
        growth.Add(_dropped, (nint)batch * candidates * sizeof(int));
    }

    /// <summary>Queues the kernels.</summary>
    /// <param name="queue">The run's stream.</param>
    /// <param name="head">The predictions.</param>
    /// <param name="batch">Pictures.</param>
    /// <param name="addresses">Of the candidates in order, the counts, and what is kept.</param>
    /// <param name="sizes">Candidates that the head can have, room for those of a picture, and the most that are kept.</param>
    public void Queue(
        GpuQueue queue, in GpuYoloHead head, int batch, (nint Ordered, nint Counts, nint Kept) addresses,
        (int Candidates, int Room, int Most) sizes)
    {
        var arguments = new Arguments(
            head, addresses.Ordered, addresses.Counts, _gaussians.Address, _dropped.Address, addresses.Kept, _farthest,
            sizes.Room, sizes.Most, iou, agnostic ? 1 : 0);
        queue.Launch(_boxes, new(GpuGrid.Blocks(sizes.Candidates, Threads), 1, batch), Threads, arguments);
        queue.Launch(_suppress, new(GpuGrid.Blocks(sizes.Candidates, BoxesPerBlock), 1, batch), Threads, arguments);
        queue.Launch(_keep, new(1, 1, batch), Threads, arguments);
    }

    public void Dispose()
    {
        _gaussians.Dispose();
        _dropped.Dispose();
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Arguments(
        GpuYoloHead Head, nint Ordered, nint Counts, nint Boxes, nint Dropped, nint Kept, double Farthest, int Capacity, int Most,
        float Iou, int Agnostic);
}
