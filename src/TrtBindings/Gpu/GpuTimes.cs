namespace TrtBindings;

/// <summary>Times of a run on the GPU; see <see cref="GpuWork.MeasuresTimes"/>.</summary>
/// <param name="Before">Of the work before the model.</param>
/// <param name="Model">Of the model.</param>
/// <param name="After">Of the work after the model.</param>
public readonly record struct GpuTimes(TimeSpan Before, TimeSpan Model, TimeSpan After)
{
    /// <summary>Of all three. Copies of tensors between host and device are not part of it.</summary>
    public TimeSpan Total => Before + Model + After;
}
