using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.Preprocessing;

[Trait("Category", "Slow")]
public sealed class PresetTests
{
    private const int Largest = 4096 * 2160;

    [SkippableTheory]
    [InlineData(12, true, 30, 40, 28, 300_000)]
    public void Every_preset_of_classification_gives_the_CPUs_bits(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(ImageCases.OfClassification(width, height, shortSide: 64), seed, isHalf, pictures, largest);

    [SkippableTheory]
    [InlineData(11, false, 200, 56, 56, Largest)]
    public void Every_preset_of_classification_gives_the_CPUs_bits_for_200_pictures(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(ImageCases.OfClassification(width, height, shortSide: 64), seed, isHalf, pictures, largest);

    [SkippableTheory]
    [InlineData(14, true, 20, 64, 64, 300_000)]
    public void Resizers_outside_the_presets_and_other_layouts_of_the_input_give_the_CPUs_bits(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(ImageCases.OfOthers(width, height), seed, isHalf, pictures, largest);

    [SkippableTheory]
    [InlineData(13, false, 200, 36, 45, 200_000)]
    public void Resizers_outside_the_presets_and_other_layouts_of_the_input_give_the_CPUs_bits_for_200_pictures(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(ImageCases.OfOthers(width, height), seed, isHalf, pictures, largest);

    [SkippableTheory]
    [InlineData(16, true, 20, 90, 130, 300_000)]
    public void Every_preset_of_segmentation_gives_the_CPUs_bits(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(ImageCases.OfSegmentation(width, height), seed, isHalf, pictures, largest);

    [SkippableTheory]
    [InlineData(15, false, 200, 32, 24, Largest)]
    public void Every_preset_of_segmentation_gives_the_CPUs_bits_for_200_pictures(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(ImageCases.OfSegmentation(width, height), seed, isHalf, pictures, largest);

    [SkippableTheory]
    [InlineData(18, true, 40, 131, 96, 300_000)]
    public void Mask_RCNNs_forms_give_the_CPUs_bits(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(MaskRcnnCases.All(width, height), seed, isHalf, pictures, largest);

    [SkippableTheory]
    [InlineData(17, false, 200, 60, 52, Largest)]
    public void Mask_RCNNs_forms_give_the_CPUs_bits_for_200_pictures(
        int seed, bool isHalf, int pictures, int width, int height, int largest) =>
        Check(MaskRcnnCases.All(width, height), seed, isHalf, pictures, largest);

    [SkippableFact]
    public void Inputs_that_follow_the_picture_get_the_CPUs_bits()
    {
        using var rig = new KernelRig();
        var check = new PreprocessingCheck(rig.Kernels, rig.Queue, rig.Wait);
        PreprocessingCase[] cases =
        [
            MaskRcnnCases.Whole(), MaskRcnnCases.Sides(48, 80),
            ImageCases.OfShortSide(SegmentationPreprocessing.Torchvision, 40),
            ImageCases.OfShortSide(SegmentationPreprocessing.TorchvisionTensor with { Multiple = 8 }, 40),
        ];
        foreach (var one in cases)
        {
            using var preprocessor = one.Gpu(rig.Kernels);
            var random = new Random(19);
            for (var i = 0; i < 28; i++)
            {
                var size = (1 + random.Next(160), 1 + random.Next(90));
                TestPicture?[] batch = [.. Enumerable.Range(0, 1 + (i % 3)).Select(_ => new TestPicture(random, size, i % 7))];
                check.Run(one, preprocessor, batch, isHalf: i % 2 == 1).ShouldBeNull();
            }
        }
    }

    private static void Check(IEnumerable<PreprocessingCase> cases, int seed, bool isHalf, int pictures, int largest)
    {
        using var rig = new KernelRig();
        var check = new PreprocessingCheck(rig.Kernels, rig.Queue, rig.Wait);
        check.Run(cases, RandomPictures.Batches(seed, pictures, largest), isHalf).ShouldBeNull();
        check.Values.ShouldBeGreaterThan(0);
    }
}
