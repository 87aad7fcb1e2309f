using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision.Gpu.Preprocessing;

namespace TrtBindings.Kernels.Tests.Preprocessing;

public sealed class YuvTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Every_brightness_with_colours_up_to_the_most_saturated_is_within_one_level_of_float64(
        bool isBt709, bool isFullRange)
    {
        byte[] samples = [0, 1, 15, 16, 17, 64, 100, 127, 128, 129, 160, 200, 239, 240, 241, 254, 255];
        var lights = Enumerable.Range(0, 256).Select(light => (byte)light).ToArray();
        var rgb = new byte[3 * 256];
        var worst = 0.0;
        foreach (var u in samples)
        {
            foreach (var v in samples)
            {
                YuvConversion.ToRgb(new()
                {
                    Width = 256,
                    Height = 1,
                    Y = lights,
                    PitchY = 256,
                    U = Enumerable.Repeat(u, 128).ToArray(),
                    PitchU = 128,
                    V = Enumerable.Repeat(v, 128).ToArray(),
                    PitchV = 128,
                    IsBt709 = isBt709,
                    IsFullRange = isFullRange,
                }, rgb);
                for (var light = 0; light < 256; light++)
                {
                    var wanted = YuvReference.ToRgb(light, u, v, isBt709, isFullRange);
                    worst = Math.Max(worst, Distance(rgb.AsSpan(3 * light, 3), wanted));
                }
            }
        }

        worst.ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Saturated_colours_come_back_from_their_YUV(bool isBt709, bool isFullRange)
    {
        for (var corner = 0; corner < 8; corner++)
        {
            byte[] colour = [(byte)(corner % 2 * 255), (byte)(corner / 2 % 2 * 255), (byte)(corner / 4 * 255)];
            var (y, u, v) = YuvReference.FromRgb(colour, isBt709, isFullRange);
            var rgb = new byte[3];
            YuvConversion.ToRgb(new()
            {
                Width = 1,
                Height = 1,
                Y = [y],
                PitchY = 1,
                U = [u, v],
                PitchU = 2,
                IsBt709 = isBt709,
                IsFullRange = isFullRange,
            }, rgb);
            // Half a level of each of Y, U and V is lost on the way there.
            for (var i = 0; i < 3; i++) Math.Abs(rgb[i] - colour[i]).ShouldBeLessThanOrEqualTo(2);
        }
    }

    [Trait("Category", "Slow")]
    [SkippableTheory]
    [InlineData(FrameFormat.Nv12, 64, 48)]
    [InlineData(FrameFormat.Nv12, 7, 5)]
    [InlineData(FrameFormat.Nv12, 1, 1)]
    [InlineData(FrameFormat.I420, 64, 48)]
    [InlineData(FrameFormat.I420, 33, 1)]
    [InlineData(FrameFormat.I420, 1, 9)]
    public void The_kernel_is_within_one_level_of_float64_for_odd_sizes_and_gaps_between_rows(int format, int width, int height)
    {
        using var rig = new KernelRig();
        var random = new Random(width);
        var seen = new HashSet<(bool, bool)>();
        var worst = 0.0;
        Span<byte> got = stackalloc byte[3];
        for (var turn = 0; turn < 24; turn++)
        {
            var picture = new TestPicture(random, (width, height), format);
            seen.Add(picture.Colours);
            using var preprocessor = new StretchGpuPreprocessor(rig.Kernels, width, height);
            using var memory = picture.Upload(rig.Kernels, out var frame);
            preprocessor.Describe(ref frame);
            using var frames = rig.Upload<GpuFrame>([frame]);
            using var input = rig.Kernels.Allocate(3 * width * height * sizeof(float));
            preprocessor.Queue(rig.Queue, new(frames.Address, 1, input.Address, false, 3, false, width, height));
            rig.Wait();
            var values = new float[3 * width * height];
            input.CopyTo<float>(values);
            for (var i = 0; i < width * height; i++)
            {
                for (var c = 0; c < 3; c++) got[c] = (byte)MathF.Round(values[(c * width * height) + i] * 255);
                worst = Math.Max(worst, Distance(got, picture.Reference(i % width, i / width)));
            }
        }

        worst.ShouldBeLessThanOrEqualTo(1);
        seen.Count.ShouldBe(4);
    }

    private static double Distance(ReadOnlySpan<byte> rgb, (double Red, double Green, double Blue) wanted) => Math.Max(
        Math.Abs(rgb[0] - wanted.Red), Math.Max(Math.Abs(rgb[1] - wanted.Green), Math.Abs(rgb[2] - wanted.Blue)));
}
