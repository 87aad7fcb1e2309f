using System.Numerics.Tensors;
using System.Security.Cryptography;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Imaging;

public sealed class LetterboxTests
{
    [Theory]
    [InlineData(new byte[] { 0, 255 }, new byte[] { 0, 64, 191, 255 })]
    [InlineData(new byte[] { 0, 0, 0, 255 }, new byte[] { 0, 128 })]
    [InlineData(new byte[] { 0, 255, 0, 255, 0, 255 }, new byte[] { 64, 64, 191, 191 })]
    public void A_row_is_resized_bilinearly_without_antialiasing(byte[] row, byte[] expected)
    {
        // The input is so wide that there is no padding on the sides. The scaled image is one row in the middle.
        var scaled = Run(new(row, row.Length, 1, PixelFormat.Gray), expected.Length, expected.Length, out var geometry);
        geometry.ScaledWidth.ShouldBe(expected.Length);
        scaled.AsSpan(geometry.Top * expected.Length, expected.Length).ToArray()
            .ShouldBe(expected.Select(value => value / 255f));
        ScalarLetterbox.Resize((x, _) => row[x], row.Length, 1, expected.Length, 1).ShouldBe(expected);
    }

    [Fact]
    public void Four_by_four_pixels_become_other_two_by_two_than_with_antialiasing()
    {
        byte[] pixels = [0, 50, 100, 150, 10, 60, 110, 160, 20, 70, 120, 170, 200, 210, 220, 255];
        Run(new(pixels, 4, 4, PixelFormat.Gray), 2, 2, out _).AsSpan(0, 4).ToArray()
            .ShouldBe(new byte[] { 30, 130, 125, 191 }.Select(value => value / 255f));
    }

    [Theory]
    [CombinatorialSizes]
    public void Every_size_and_format_equals_the_scalar_rules_bit_for_bit(int width, int height, int format, int extra)
    {
        var order = (PixelFormat)format;
        var stride = (width * order.BytesPerPixel()) + extra;
        var pixels = new byte[stride * height];
        new Random(width + (height * 31) + format).NextBytes(pixels);
        const int Side = 96;
        Run(new(pixels, width, height, order, stride), Side, Side, out _)
            .ShouldBe(ScalarLetterbox.Run(pixels, width, height, order, stride, Side));
    }

    [Fact]
    public void The_last_row_need_not_be_padded_and_nothing_beyond_the_image_is_read()
    {
        var pixels = new byte[(2 * 40) + 30];
        new Random(5).NextBytes(pixels);
        var alone = Run(new(pixels, 10, 3, PixelFormat.Rgb, 40), 64, 64, out _);
        var inside = new byte[500];
        Array.Fill(inside, (byte)255);
        pixels.CopyTo(inside, 0);
        Run(new(inside.AsSpan(0, pixels.Length), 10, 3, PixelFormat.Rgb, 40), 64, 64, out _).ShouldBe(alone);
    }

    [Fact]
    public void A_resizer_that_was_used_before_gives_the_same_as_a_new_one()
    {
        var resizer = new LetterboxResizer();
        var (large, small) = (new byte[300 * 200 * 3], new byte[20 * 31 * 4]);
        new Random(1).NextBytes(large);
        new Random(2).NextBytes(small);
        var reused = new float[3 * 128 * 128];
        resizer.Run(new(large, 300, 200, PixelFormat.Bgr), reused, 128, 128);
        resizer.Run(new(small, 20, 31, PixelFormat.Rgba), reused, 128, 128);
        reused.ShouldBe(Run(new(small, 20, 31, PixelFormat.Rgba), 128, 128, out _));
    }

    [Fact]
    public void A_tensor_of_an_input_is_filled_in_place()
    {
        var pixels = new byte[8 * 4 * 3];
        new Random(3).NextBytes(pixels);
        var values = new float[2 * 3 * 16 * 32];
        var tensor = new TensorSpan<float>(values, [2, 3, 16, 32]);
        var image = new ImageView(pixels, 8, 4, PixelFormat.Rgb);
        image.LetterboxTo(tensor.Slice([1..2, 0..3, 0..16, 0..32])).ScaledWidth.ShouldBe(32);
        values.AsSpan(0, 3 * 16 * 32).IndexOfAnyExcept(0f).ShouldBe(-1);
        var expected = new float[3 * 16 * 32];
        image.LetterboxTo(expected, 32, 16);
        values.AsSpan(3 * 16 * 32).ToArray().ShouldBe(expected);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_refused()
    {
        Should.Throw<TensorException>(() => new ImageView(new byte[3], 1, 1, PixelFormat.Rgb)
            .LetterboxTo(new TensorSpan<float>(new float[32], [2, 4, 4]))).Message.ShouldContain("[2, 4, 4]");
        Should.Throw<TensorException>(() => new ImageView(new byte[3], 1, 1, PixelFormat.Rgb)
            .LetterboxTo(new float[47], 4, 4)).Message.ShouldContain("48");
        foreach (nint[] shape in (nint[][])[[1, 4, 4], [4, 4, 3], [1, 4, 4, 3], [2, 3, 4, 4], [1, 1, 4, 4], [48]])
        {
            Should.Throw<TensorException>(() => new ImageView(new byte[3], 1, 1, PixelFormat.Rgb)
                .LetterboxTo(new TensorSpan<float>(new float[96], shape))).Message.ShouldContain("neither a grey one");
        }
    }

    [Fact]
    public void A_warm_call_allocates_nothing()
    {
        var pixels = new byte[100 * 60 * 3];
        var values = new float[3 * 64 * 64];
        var ends = new float[3 * 64 * 64];
        Allocations.Of(() => new ImageView(pixels, 100, 60, PixelFormat.Rgb).LetterboxTo(values, 64, 64)).ShouldBe(0);
        Allocations.Of(() => new ImageView(pixels, 100, 60, PixelFormat.Rgb)
            .LetterboxTo(new TensorSpan<float>(ends, [1, 3, 64, 64]))).ShouldBe(0);
        ends.ShouldBe(values);
    }

    [SkippableFact]
    public void The_reference_photograph_equals_what_OpenCV_made_of_it()
    {
        var photo = PhotoFile.Read(SharedPictures.Path("images/bus_810x1080_q487k.jpg"));
        var prepared = PhotoFile.Read(SharedPictures.Path("yolo/letterboxed/bus_810x1080_q487k_640.png"));
        var input = Run(photo.View, 640, 640, out _);
        var bytes = new byte[3 * 640 * 640];
        for (var i = 0; i < 640 * 640; i++)
            for (var c = 0; c < 3; c++) bytes[(3 * i) + c] = (byte)MathF.Round(input[(c * 640 * 640) + i] * 255);
        bytes.Zip(prepared.Pixels.ToArray(), (left, right) => Math.Abs(left - right)).Max().ShouldBe(0);
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(SharedPictures.ReferenceInputHash());
    }

    private static float[] Run(ImageView image, int width, int height, out LetterboxGeometry geometry)
    {
        var values = new float[3 * width * height];
        geometry = new LetterboxResizer().Run(image, values, width, height);
        return values;
    }
}
