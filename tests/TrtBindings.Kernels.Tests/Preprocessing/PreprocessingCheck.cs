using System.Runtime.InteropServices;

namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>Compares kernels with the CPU pipeline bit for bit, on any driver.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="queue">Where they run.</param>
/// <param name="wait">Waits for what is queued.</param>
internal sealed class PreprocessingCheck(KernelSet kernels, GpuQueue queue, Action wait)
{
    /// <summary>Number of values that were compared.</summary>
    public long Values { get; private set; }

    /// <summary>Runs every batch in every way.</summary>
    /// <returns>What differs first; <see langword="null"/> if nothing does.</returns>
    public string? Run(IEnumerable<PreprocessingCase> cases, IEnumerable<TestPicture?[]> batches, bool isHalf)
    {
        var all = cases.Select(one => (Case: one, Preprocessor: one.Gpu(kernels))).ToArray();
        try
        {
            foreach (var batch in batches)
                foreach (var (one, preprocessor) in all)
                    if (Run(one, preprocessor, batch, isHalf) is { } problem) return problem;
            return null;
        }
        finally
        {
            foreach (var (_, preprocessor) in all) preprocessor.Dispose();
        }
    }

    /// <summary>Runs one batch, for a model of 32-bit or of 16-bit floats.</summary>
    /// <param name="one">What to do.</param>
    /// <param name="preprocessor">One that <paramref name="one"/> made.</param>
    /// <param name="pictures">A place without a picture is <see langword="null"/>; the first has one.</param>
    /// <param name="isHalf">Whether the input is in half precision.</param>
    /// <returns>What differs; <see langword="null"/> if nothing does.</returns>
    public string? Run(PreprocessingCase one, GpuPreprocessor preprocessor, TestPicture?[] pictures, bool isHalf)
    {
        var frames = new GpuFrame[pictures.Length];
        var memory = new DeviceBuffer?[pictures.Length];
        for (var i = 0; i < frames.Length; i++)
        {
            if (pictures[i] is not { } picture) continue;
            memory[i] = picture.Upload(kernels, out frames[i]);
            preprocessor.Describe(ref frames[i]);
        }

        var (width, height) = (frames[0].InputWidth, frames[0].InputHeight);
        var length = one.Channels * width * height;
        preprocessor.Reserve(frames);
        using var onDevice = kernels.Allocate(frames.Length * Marshal.SizeOf<GpuFrame>());
        onDevice.CopyFrom<GpuFrame>(frames);
        var bytes = (nint)frames.Length * length * (isHalf ? 2 : 4);
        using var input = kernels.Allocate(bytes);
        queue.Fill(input.Address, 0xFF, bytes);
        preprocessor.Queue(queue, new(
            onDevice.Address, frames.Length, input.Address, isHalf, one.Channels, one.IsChannelsLast, width, height));
        wait();
        string? problem = null;
        for (var i = 0; i < frames.Length && problem is null; i++)
        {
            var wanted = new float[length];
            wanted.AsSpan().Fill(one.Filler);
            if (pictures[i] is { } picture) one.Cpu(picture.ForCpu(), wanted);
            problem = isHalf ? Compare(Halves(wanted), input, i) : Compare(Bits(wanted), input, i);
            if (problem is not null)
                problem = $"{one}, place {i} of {frames.Length}, {pictures[i]} to {width} x {height}: {problem}";
        }

        foreach (var buffer in memory) buffer?.Dispose();
        return problem;
    }

    private static uint[] Bits(float[] values) => MemoryMarshal.Cast<float, uint>(values).ToArray();

    private static ushort[] Halves(float[] values) =>
        [.. values.Select(value => BitConverter.HalfToUInt16Bits((Half)value))];

    private string? Compare<T>(T[] wanted, DeviceBuffer input, int item)
        where T : unmanaged, IEquatable<T>
    {
        var got = new T[wanted.Length];
        input.CopyTo<T>(got, (nint)item * wanted.Length * Marshal.SizeOf<T>());
        Values += wanted.Length;
        var wrong = 0;
        var first = -1;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].Equals(got[i])) continue;
            wrong++;
            if (first < 0) first = i;
        }

        return wrong == 0 ? null : $"{wrong:N0} of {wanted.Length:N0} values differ, the first at {first}: "
            + $"0x{got[first]:X}, wanted 0x{wanted[first]:X}.";
    }
}
