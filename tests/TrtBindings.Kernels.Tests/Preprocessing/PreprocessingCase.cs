namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>Writes a picture into the floats of one input, as a family's CPU pipeline does.</summary>
internal delegate void CpuPreprocessing(ImageView image, Span<float> input);

/// <summary>One way to prepare pictures, on the GPU and on the CPU.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Gpu">Makes the preprocessor.</param>
/// <param name="Cpu">The CPU's work on one picture.</param>
/// <param name="Filler">Number in places without a picture.</param>
/// <param name="Channels">3, or 1 for brightness.</param>
/// <param name="IsChannelsLast">Whether the channels are the input's last dimension.</param>
internal sealed record PreprocessingCase(
    string Name, Func<KernelSet, GpuPreprocessor> Gpu, CpuPreprocessing Cpu, float Filler = 0, int Channels = 3,
    bool IsChannelsLast = false)
{
    public override string ToString() => Name;
}
