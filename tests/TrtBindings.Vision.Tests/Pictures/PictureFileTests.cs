using TrtBindings.Samples;

namespace TrtBindings.Vision.Tests.Pictures;

public sealed class PictureFileTests : IDisposable
{
    private const string Photograph = "images/bus_810x1080_q487k.jpg";

    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_picture_written_to_a_file_reads_back()
    {
        var path = Path.Combine(_folder, "a.png");
        PictureFile.WritePng(path, new Picture(2, 1, [1, 2, 3, 4, 5, 6]));
        PictureFile.Read(path).Rgb.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<!DOCTYPE html><html>", "neither")]
    [InlineData("\u0089PNG", "neither")]
    public void A_file_that_is_no_picture_is_an_error_that_names_it(string content, string expected)
    {
        var path = Write("no-picture.png", System.Text.Encoding.Latin1.GetBytes(content));
        var error = Should.Throw<PictureException>(() => PictureFile.Read(path));
        error.Message.ShouldContain("no-picture.png");
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public void A_missing_file_is_an_io_error() =>
        Should.Throw<FileNotFoundException>(() => PictureFile.Read(Path.Combine(_folder, "none.png")));

    [Fact]
    public void A_JPEG_without_libjpeg_turbo_or_with_nothing_in_it_is_a_typed_error()
    {
        var path = Write("stub.jpg", [0xFF, 0xD8, 0xFF, 0xD9]);
        Should.Throw<PictureException>(() => PictureFile.Read(path)).Message.ShouldContain("stub.jpg");
    }

    [SkippableFact]
    public void A_photograph_decodes_to_the_picture_that_its_reference_was_made_from()
    {
        SkipWithoutJpeg();
        var photograph = PictureFile.Read(SharedPictures.Path(Photograph));
        var letterboxed = PictureFile.Read(SharedPictures.Path("yolo/letterboxed/bus_810x1080_q487k_640.png"));
        (photograph.Width, photograph.Height).ShouldBe((810, 1080));
        // 480×640 pixels, bilinear at half-pixel centres, begin at column 80: the reference's preprocessing facts.
        double difference = 0;
        for (var y = 0; y < 640; y++)
            for (var x = 0; x < 480 * 3; x++)
            {
                var expected = letterboxed.Rgb[(y * 640 + 80) * 3 + x];
                difference += Math.Abs(expected - Bilinear(photograph, x / 3, y, x % 3));
            }

        (difference / (480 * 640 * 3)).ShouldBeLessThan(0.5);
    }

    [SkippableFact]
    public void A_JPEG_that_is_cut_or_damaged_is_a_typed_error_every_time()
    {
        SkipWithoutJpeg();
        var whole = File.ReadAllBytes(SharedPictures.Path(Photograph));
        for (var i = 0; i < 20; i++)
        {
            var path = Write("cut.jpg", whole[..(3 + i * i * 300)]);
            Should.Throw<PictureException>(() => PictureFile.Read(path));
        }

        // Another marker where the Huffman tables or the frame begin.
        var header = whole.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        header.ShouldBePositive();
        var damaged = (byte[])whole.Clone();
        damaged[header + 1] = 0xC5;
        Should.Throw<PictureException>(() => PictureFile.Read(Write("damaged.jpg", damaged)))
            .Message.ShouldContain("libjpeg");
        PictureFile.Read(Write("whole.jpg", whole)).Width.ShouldBe(810);
    }

    private static double Bilinear(Picture picture, int x, int y, int channel)
    {
        var scaleX = picture.Width / 480.0;
        var scaleY = picture.Height / 640.0;
        var (sx, sy) = ((x + 0.5) * scaleX - 0.5, (y + 0.5) * scaleY - 0.5);
        var (x0, y0) = ((int)Math.Floor(sx), (int)Math.Floor(sy));
        double At(int px, int py)
        {
            var (column, row) = (Math.Clamp(px, 0, picture.Width - 1), Math.Clamp(py, 0, picture.Height - 1));
            return picture.Rgb[(row * picture.Width + column) * 3 + channel];
        }

        var top = At(x0, y0) + (At(x0 + 1, y0) - At(x0, y0)) * (sx - x0);
        var bottom = At(x0, y0 + 1) + (At(x0 + 1, y0 + 1) - At(x0, y0 + 1)) * (sx - x0);
        return top + (bottom - top) * (sy - y0);
    }

    private static void SkipWithoutJpeg() =>
        Skip.IfNot(PictureFile.CanReadJpeg, "libjpeg-turbo is not on this system.");

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
