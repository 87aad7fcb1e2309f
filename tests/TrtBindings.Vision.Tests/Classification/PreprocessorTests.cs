using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Classification;

public sealed class PreprocessorTests
{
    [Fact]
    public void Black_and_white_become_the_ends_of_the_presets_ranges()
    {
        Close(Colour(ClassificationPreprocessing.Torchvision, 0, 0, 0), [-2.1179f, -2.0357f, -1.8044f]);
        Close(Colour(ClassificationPreprocessing.Torchvision, 255, 255, 255), [2.2489f, 2.4286f, 2.6400f]);
        Close(Colour(ClassificationPreprocessing.Timm, 0, 255, 51), [-1, 1, -.6f]);
        Close(Colour(ClassificationPreprocessing.Ultralytics, 0, 255, 51), [0, 1, .2f]);
        Close(Colour(ClassificationPreprocessing.Ultralytics with { IsBgr = true }, 0, 255, 51), [.2f, 1, 0]);
    }

    [Fact]
    public void Planes_are_the_resized_crop_encoded()
    {
        var photo = Photos.Noise(1, 50, 40, PixelFormat.Bgr);
        var rules = ClassificationPreprocessing.Torchvision with { ShortSide = 20 };
        var input = Run(rules, photo, 3, 16, 12);
        for (var channel = 0; channel < 3; channel++)
        {
            byte[] plane = [.. Enumerable.Range(0, 2000).Select(i => photo.Pixels[(3 * i) + 2 - channel])];
            var resized = ScalarPillow.Resize(plane, 50, 40, 25, 20, ResizeFilter.Bilinear);
            var (mean, deviation) = channel switch { 0 => (.485f, .229f), 1 => (.456f, .224f), _ => (.406f, .225f) };
            for (var y = 0; y < 12; y++)
            {
                for (var x = 0; x < 16; x++)
                {
                    // 4.5 and 4, half to even.
                    var value = ((resized[((4 + y) * 25) + 4 + x] / 255f) - mean) / deviation;
                    input[(((channel * 12) + y) * 16) + x].ShouldBe(value);
                }
            }
        }
    }

    [Fact]
    public void Channels_last_are_the_same_numbers_in_another_order()
    {
        var photo = Photos.Noise(2, 31, 40);
        var rules = ClassificationPreprocessing.Timm with { IsBgr = true };
        var first = Run(rules, photo, 3, 9, 9);
        var last = Run(rules, photo, 3, 9, 9, isLast: true);
        for (var i = 0; i < 81; i++)
            for (var channel = 0; channel < 3; channel++) last[(3 * i) + channel].ShouldBe(first[(81 * channel) + i]);
    }

    [Fact]
    public void A_model_of_one_channel_gets_brightness()
    {
        Brightness.Of(255, 0, 0).ShouldBe((byte)76);
        Brightness.Of(0, 255, 0).ShouldBe((byte)150);
        Brightness.Of(0, 0, 255).ShouldBe((byte)29);
        Brightness.Of(255, 255, 255).ShouldBe((byte)255);
        var rules = ClassificationPreprocessing.Ultralytics with { Mean = new(.5f, 9, 9), Deviation = new(2, 9, 9) };
        Run(rules, Photos.Plain(20, 30, 0, 255, 0), 1, 4, 4).ShouldAllBe(value => value == ((150 / 255f) - .5f) / 2);
        var gray = Photos.Noise(4, 12, 12, PixelFormat.Gray);
        Run(rules, gray, 1, 12, 12)[17].ShouldBe(((gray.Pixels[17] / 255f) - .5f) / 2);
    }

    [Fact]
    public void A_picture_too_extreme_to_resize_is_a_typed_error() =>
        Should.Throw<ImageException>(
            () => Run(ClassificationPreprocessing.Timm, new(new byte[30_000_000], 1, 30_000_000, PixelFormat.Gray), 3, 224, 224))
            .Message.ShouldContain("1 x 30000000");

    private static float[] Colour(ClassificationPreprocessing rules, byte red, byte green, byte blue)
    {
        var input = Run(rules with { ShortSide = null }, Photos.Plain(30, 20, red, green, blue), 3, 8, 8);
        for (var i = 0; i < input.Length; i++) input[i].ShouldBe(input[i / 64 * 64]);
        return [input[0], input[64], input[128]];
    }

    private static float[] Run(
        ClassificationPreprocessing rules, ImageMemory photo, int channels, int width, int height, bool isLast = false)
    {
        var values = new float[channels * width * height];
        new ResizedInput(channels, isLast, rules)
            .Run(photo, rules.Crop(photo.Width, photo.Height, width, height), values);
        return values;
    }

    private static void Close(float[] values, float[] expected)
    {
        for (var i = 0; i < 3; i++) values[i].ShouldBe(expected[i], 5e-5f);
    }
}
