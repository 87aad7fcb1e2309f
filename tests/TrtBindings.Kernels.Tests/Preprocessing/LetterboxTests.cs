using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.Preprocessing;

[Trait("Category", "Slow")]
public sealed class LetterboxTests
{
    [SkippableTheory]
    [InlineData(3, false, 40, 131, 77, 100_000)]
    public void Pictures_of_every_format_become_the_CPUs_bits(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(seed, isHalf, pictures, width, height, largest);

    [SkippableTheory]
    [InlineData(1, false, 200, 64, 64, 4096 * 2160)]
    [InlineData(2, true, 200, 96, 64, 100_000)]
    [InlineData(4, true, 10, 640, 640, 2_000_000)]
    public void Pictures_of_every_size_and_format_become_the_CPUs_bits(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(seed, isHalf, pictures, width, height, largest);

    [SkippableTheory]
    [InlineData(1280, 720)]
    [InlineData(333, 501)]
    [InlineData(7, 900)]
    [InlineData(1, 1)]
    public void The_input_follows_the_picture_where_the_model_takes_any_multiple_of_its_stride(int width, int height)
    {
        using var rig = new KernelRig();
        var check = new PreprocessingCheck(rig.Kernels, rig.Queue, rig.Wait);
        var one = LinearCases.Yolo(YoloForm.Dense, 320, 256, 3, stride: 32);
        using var preprocessor = one.Gpu(rig.Kernels);
        var random = new Random(5);
        for (var format = 0; format < RandomPictures.Formats; format++)
        {
            TestPicture[] batch = [new(random, (width, height), format), new(random, (width, height), format, gap: 0)];
            check.Run(one, preprocessor, batch, isHalf: false).ShouldBeNull();
        }
    }

    private static void Check(int seed, bool isHalf, int pictures, int width, int height, int largest)
    {
        using var rig = new KernelRig();
        var check = new PreprocessingCheck(rig.Kernels, rig.Queue, rig.Wait);
        check.Run(LinearCases.All(width, height), RandomPictures.Batches(seed, pictures, largest), isHalf).ShouldBeNull();
        check.Values.ShouldBeGreaterThan(pictures * width * height);
        if (largest > 2_000_000) check.UnreadRows.ShouldBeGreaterThan(0);
    }
}
