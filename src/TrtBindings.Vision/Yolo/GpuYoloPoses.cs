namespace TrtBindings.Vision.Yolo;

/// <summary>Makes the results of a <see cref="YoloPoseEngine{TLabel}"/> with kernels.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="options">The engine's options.</param>
/// <param name="form">Form of output 0.</param>
/// <param name="labels">The model's labels.</param>
/// <param name="points">Key points of an object.</param>
/// <param name="values">Numbers of a key point: 2, or 3 with its confidence.</param>
internal sealed class GpuYoloPoses<TLabel>(
    KernelSet kernels, YoloOptions options, YoloForm form, ClassLabels labels, int points, int values)
    : GpuYoloPostprocessor<YoloPose<TLabel>>(kernels, options, form, labels, points, values)
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override void Read(int item, in GpuFrame frame, List<YoloPose<TLabel>> result, ResultBuffer? buffer)
    {
        var count = Results.CountOf(item);
        var room = ((KeyPointBuffer?)buffer)?.Rent(count * Points) ?? new DetectionKeyPoint[count * Points];
        result.EnsureCapacity(count);
        for (var i = 0; i < count; i++)
        {
            ref readonly var one = ref Results[item, i];
            var own = room.Slice(i * Points, Points);
            Fill(Results.AddedOf(item, i), own.Span);
            result.Add(new(Labels.Of<TLabel>(one.Label), one.Label, one.Score, one.Box, own));
        }
    }

    private void Fill(ReadOnlySpan<float> numbers, Span<DetectionKeyPoint> room)
    {
        for (var i = 0; i < room.Length; i++)
        {
            var first = i * PointValues;
            room[i] = new(numbers[first], numbers[first + 1], PointValues == 3 ? numbers[first + 2] : null);
        }
    }
}
