namespace TrtBindings.Kernels.Tests.Engines;

/// <summary>Pictures on their way to the GPU: only the rows that are read there are moved.</summary>
[Trait("Category", "Slow")]
public sealed class PictureMemoryTests : IDisposable
{
    private const int Width = 40;
    private const int Height = 60;

    // Two of seven rows, and one of them.
    private static readonly RowRun[] Some = [new(1, 2, 7, 8), new(4, 1, 14, 4)];

    private readonly EngineRig _rig = new();
    private readonly StandInFamily _model;

    public PictureMemoryTests() => _model = StandInFamily.Yolo(_rig, 0);

    public void Dispose()
    {
        _model.Dispose();
        _rig.Dispose();
    }

    [SkippableTheory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(11, true)]
    [InlineData(11, false)]
    [InlineData(1000, true)]
    [InlineData(1000, false)]
    public void Rows_that_nobody_reads_stay_as_they_were_on_the_device(int gap, bool isPinned)
    {
        var gpu = _model.Gpu!;
        using var memory = new PictureMemory(gpu, 2);
        var stride = (Width * 3) + gap;
        using var pinned = gpu.AllocatePinned((Height * stride) - gap);
        new Random(gap).NextBytes(pinned.Span);
        var image = isPinned ? ImageMemory.FromPointer(pinned.Address, Width, Height, PixelFormat.Rgb, stride)
            : new(pinned.Span.ToArray(), Width, Height, PixelFormat.Rgb, stride);
        var frames = new GpuFrame[2];
        memory.Start();
        memory.Plan(image.View, Some);
        memory.Plan(image.View, null);
        memory.Reserve();
        for (var i = 0; i < frames.Length; i++) memory.Load(i, image.View, image, ref frames[i]);
        var queue = new GpuQueue(Interop.Cuda.CudaStream.Create(_rig.Driver.Context));
        var (copies, ofRows) = (_rig.Driver.Calls("cuMemcpyHtoDAsync"), _rig.Driver.Calls("cuMemcpy2DAsync"));
        memory.Upload(queue);
        queue.Native.Synchronize();
        (_rig.Driver.Calls("cuMemcpyHtoDAsync") - copies, _rig.Driver.Calls("cuMemcpy2DAsync") - ofRows).ShouldBe((1, 2));

        var stays = Enumerable.Range(0, Height).Select(
            y => !Some.Any(run => Enumerable.Range(0, run.Count).Any(
                group => y - run.First - (group * run.Period) is var at && at >= 0 && at < run.Rows))).ToArray();
        stays.Count(one => one).ShouldBe(Height - 20);
        var row = new byte[Width * 3];
        foreach (var (frame, partly) in new[] { (frames[0], true), (frames[1], false) })
            for (var y = 0; y < Height; y++)
            {
                using var device = gpu.Wrap(frame.Planes[0] + (y * frame.Pitches[0]), row.Length);
                device.CopyTo<byte>(row);
                // The stand-in fills new memory with this.
                if (partly && stays[y]) row.ShouldAllBe(value => value == 0xCD, $"row {y}");
                else row.AsSpan().SequenceEqual(image.View.Row(y)).ShouldBeTrue($"row {y}, all rows: {!partly}");
            }

        queue.Native.Dispose();
    }
}
