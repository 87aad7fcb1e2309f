using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>The input of each exporter's model, value by value.</summary>
public sealed class PreprocessorTests
{
    private static readonly InputPlacement Placement = new(48, 40, 44, 33);

    [Fact]
    public void Torchvision_gets_the_picture_itself()
    {
        var photo = BlobPhotos.Make(1, 45, 31, PixelFormat.Bgra);
        var input = new float[3 * 45 * 31];
        new MaskRcnnPreprocessor(MaskRcnnForm.Torchvision).Run(photo.View, new(45, 31, 45, 31), input);
        for (var channel = 0; channel < 3; channel++)
            for (var i = 0; i < 45 * 31; i++)
                input[(channel * 45 * 31) + i].ShouldBe(photo.Pixels[(4 * i) + 2 - channel] / 255f);
    }

    [Theory]
    [InlineData(MaskRcnnForm.Detectron2, 0, 0, 0, 103.53f, 116.28f, 123.675f)]
    [InlineData(MaskRcnnForm.OnnxZoo, 102.9801f, 115.9465f, 122.7717f, 0, 0, 0)]
    [InlineData(MaskRcnnForm.NvidiaSample, 0, 0, 0, 104, 116, 124)]
    public void Others_get_Pillows_resize_blue_first_and_their_padding(
        MaskRcnnForm form, float blue, float green, float red, float padBlue, float padGreen, float padRed)
    {
        var photo = BlobPhotos.Make(2, 100, 75);
        var input = new float[3 * 48 * 40];
        new MaskRcnnPreprocessor(form).Run(photo.View, Placement, input);
        var (means, pads) = (new[] { blue, green, red }, new[] { padBlue, padGreen, padRed });
        for (var plane = 0; plane < 3; plane++)
        {
            var colour = Enumerable.Range(0, 100 * 75).Select(i => photo.Pixels[(3 * i) + 2 - plane]).ToArray();
            var resized = ScalarPillow.Resize(colour, 100, 75, 44, 33, ResizeFilter.Bilinear);
            for (var y = 0; y < 40; y++)
                for (var x = 0; x < 48; x++)
                    input[(((plane * 40) + y) * 48) + x]
                        .ShouldBe(x < 44 && y < 33 ? resized[(y * 44) + x] - means[plane] : pads[plane], 1e-5f);
        }
    }

    [Theory]
    [InlineData(100, 75)]
    [InlineData(11, 300)]
    public void Fixed_slots_get_a_resize_in_floats_and_black(int width, int height)
    {
        var photo = BlobPhotos.Make(3, width, height);
        var input = new float[3 * 48 * 40];
        Array.Fill(input, float.NaN);
        new MaskRcnnPreprocessor(MaskRcnnForm.FixedSlots).Run(photo.View, Placement, input);
        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < 40; y++)
                for (var x = 0; x < 48; x++)
                {
                    var expected = x < 44 && y < 33 ? Interpolated(photo, channel, x, y) : 0;
                    input[(((channel * 40) + y) * 48) + x].ShouldBe((float)expected, 1e-5f);
                }
    }

    private static double Interpolated(ImageMemory photo, int channel, int x, int y)
    {
        var (atX, atY) = (Math.Max(((x + .5) * photo.Width / 44) - .5, 0), Math.Max(((y + .5) * photo.Height / 33) - .5, 0));
        var (left, top) = ((int)atX, (int)atY);
        double At(int column, int row)
        {
            var (c, r) = (Math.Min(column, photo.Width - 1), Math.Min(row, photo.Height - 1));
            return photo.Pixels[(((r * photo.Width) + c) * 3) + channel] / 255.0;
        }

        var (fx, fy) = (atX - left, atY - top);
        return ((1 - fy) * (((1 - fx) * At(left, top)) + (fx * At(left + 1, top))))
            + (fy * (((1 - fx) * At(left, top + 1)) + (fx * At(left + 1, top + 1))));
    }
}
