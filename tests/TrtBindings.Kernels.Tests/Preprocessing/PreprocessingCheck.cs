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

    /// <summary>Rows that no kernel may read, because they are not uploaded.</summary>
    public long UnreadRows { get; private set; }

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
        using var batch = new PreparedBatch(kernels, one, preprocessor, pictures, isHalf);
        UnreadRows += batch.UnreadRows;
        // No number of a picture has these bits.
        queue.Fill(batch.Input.Address, 0xFF, batch.ByteLength);
        batch.Queue(queue);
        wait();
        for (var i = 0; i < pictures.Length; i++)
        {
            var wanted = new float[batch.Length];
            wanted.AsSpan().Fill(one.Filler);
            if (pictures[i] is { } picture) one.Cpu(picture.ForCpu(), wanted);
            var problem = isHalf ? Compare(Halves(wanted), batch.Input, i) : Compare(Bits(wanted), batch.Input, i);
            if (problem is null) continue;
            return $"{one}, place {i} of {pictures.Length}, {pictures[i]} to {batch.Width} x {batch.Height}: {problem}";
        }

        return null;
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
