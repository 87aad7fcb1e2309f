using System.Buffers.Binary;
using System.Security.Cryptography;
using SkiaSharp;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Imaging;

namespace TrtBindings.Vision.Tests;

public sealed class ImageFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-images-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Pictures => [.. Directory
        .GetFiles(Path.Combine(TestPaths.RepositoryRoot, "samples"), "*.png", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(TestPaths.RepositoryRoot, path))
        .Where(path => !path.Contains("validation") || path.EndsWith("0.png", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Pictures_of_the_repository_have_the_bytes_that_another_decoder_reads(string path)
    {
        path = Path.Combine(TestPaths.RepositoryRoot, path);
        var (width, height, rgb) = HandMadePng.Decode(File.ReadAllBytes(path));
        using var bitmap = ImageFile.Read(path);
        (bitmap.Width, bitmap.Height).ShouldBe((width, height));
        Rgb(bitmap).SequenceEqual(rgb).ShouldBeTrue();
    }

    [SkippableFact]
    public void A_letterboxed_photograph_has_the_bytes_that_its_reference_was_made_from()
    {
        using var bitmap = ImageFile.Read(SharedPictures.Path("yolo/letterboxed/bus_810x1080_q487k_640.png"));
        Convert.ToHexStringLower(SHA256.HashData(Rgb(bitmap))).ShouldBe(SharedPictures.ReferenceInputHash());
    }

    // Colour types and depths; each row starts with its filter byte. Colours of transparent pixels stay.
    [Theory]
    [InlineData(8, 0, "00 05 FF", "050505 FFFFFF")]
    [InlineData(16, 0, "00 1200 FFFF", "121212 FFFFFF")]
    [InlineData(1, 0, "00 40", "000000 FFFFFF")]
    [InlineData(2, 0, "00 60", "555555 AAAAAA")]
    [InlineData(4, 0, "00 1F", "111111 FFFFFF")]
    [InlineData(8, 4, "00 0580 FF00", "050505 FFFFFF")]
    [InlineData(16, 4, "00 0500FFFF 70FF0000", "050505 707070")]
    [InlineData(8, 2, "00 010203 0405FF", "010203 0405FF")]
    [InlineData(16, 2, "00 010002000300 0400050006FF", "010203 040506")]
    [InlineData(8, 6, "00 01020300 040506FF", "010203 040506")]
    [InlineData(16, 6, "00 0100020003000000 040005000600FFFF", "010203 040506")]
    [InlineData(8, 3, "00 01 00", "F0F1F2 0A0B0C")]
    [InlineData(4, 3, "00 10", "F0F1F2 0A0B0C")]
    [InlineData(1, 3, "00 80", "F0F1F2 0A0B0C")]
    public void Every_colour_type_of_PNG_is_read(byte depth, byte color, string row, string expected)
    {
        using var bitmap = ImageFile.Decode(HandMadePng.Make(
            2, 1, depth, color, Bytes(row), color == 3 ? Bytes("0A0B0C F0F1F2") : null));
        bitmap.ColorType.ShouldBe(SKColorType.Rgba8888);
        Rgb(bitmap).ShouldBe(Bytes(expected));
    }

    [Theory]
    [InlineData("a.png", 0)]
    [InlineData("a.jpg", 12)]
    [InlineData("A.JPEG", 12)]
    [InlineData("a.webp", 12)]
    public void What_was_written_reads_back(string name, int tolerance)
    {
        using var picture = Gradient();
        var path = Path.Combine(_folder, name);
        ImageFile.Write(path, picture, 100);
        using var read = ImageFile.Read(path);
        (read.Width, read.Height).ShouldBe((picture.Width, picture.Height));
        Rgb(read).Zip(Rgb(picture), (one, other) => Math.Abs(one - other)).Max().ShouldBeLessThanOrEqualTo(tolerance);
    }

    [Fact]
    public void GIF_and_BMP_are_read()
    {
        // Two pixels, red and blue.
        using var bmp = ImageFile.Decode(Bytes(
            "424D 3E000000 0000 0000 36000000 28000000 02000000 01000000 0100 1800 00000000 08000000 00000000 00000000 00000000"
            + "00000000 0000FF FF0000 0000"));
        Rgb(bmp).ShouldBe(Bytes("FF0000 0000FF"));
        using var gif = ImageFile.Decode(Bytes(
            "474946383961 0200 0100 80 00 00 FF0000 0000FF 2C 0000 0000 0200 0100 00 02 02 440A 00 3B"));
        Rgb(gif).ShouldBe(Bytes("FF0000 0000FF"));
    }

    /// <summary>A letter F of 8 x 16 cells, as the eight orientations of EXIF store it; each cell is 8 pixels wide.</summary>
    [Theory]
    [InlineData(1, "##|#.|##|#.")]
    [InlineData(2, "##|.#|##|.#")]
    [InlineData(3, ".#|##|.#|##")]
    [InlineData(4, "#.|##|#.|##")]
    [InlineData(5, "####|#.#.")]
    [InlineData(6, "#.#.|####")]
    [InlineData(7, ".#.#|####")]
    [InlineData(8, "####|.#.#")]
    public void Pictures_stand_upright_whatever_their_EXIF_orientation(int orientation, string stored)
    {
        var rows = stored.Split('|');
        using var picture = new SKBitmap(rows[0].Length * 8, rows.Length * 8, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++)
                picture.SetPixel(x, y, rows[y / 8][x / 8] == '#' ? SKColors.Black : SKColors.White);
        using var jpeg = picture.Encode(SKEncodedImageFormat.Jpeg, 100);

        using var upright = ImageFile.Decode(WithOrientation(jpeg.ToArray(), orientation));
        (upright.Width, upright.Height).ShouldBe((16, 32));
        var cells = Enumerable.Range(0, 4).Select(y => string.Concat(Enumerable.Range(0, 2).Select(x =>
            upright.GetPixel((x * 8) + 4, (y * 8) + 4).Red < 128 ? '#' : '.')));
        string.Join('|', cells).ShouldBe("##|#.|##|#.");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void A_picture_of_one_row_becomes_one_column(int orientation)
    {
        using var row = new SKBitmap(8, 1, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var jpeg = row.Encode(SKEncodedImageFormat.Jpeg, 100);
        using var upright = ImageFile.Decode(WithOrientation(jpeg.ToArray(), orientation));
        (upright.Width, upright.Height).ShouldBe((1, 8));
    }

    [Theory]
    [InlineData("", "nothing in it")]
    [InlineData("<!DOCTYPE html><html>", "not a PNG")]
    [InlineData("\u0089PNG", "not a PNG")]
    public void A_file_that_is_no_picture_is_an_error_that_names_it(string content, string expected)
    {
        var path = Path.Combine(_folder, "no-picture.png");
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(content));
        var error = Should.Throw<ImageException>(() => ImageFile.Read(path));
        error.Message.ShouldContain("no-picture.png");
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public void A_missing_file_is_an_io_error() =>
        Should.Throw<FileNotFoundException>(() => ImageFile.Read(Path.Combine(_folder, "none.png")));

    [Fact]
    public void A_picture_with_too_many_pixels_is_refused_before_memory_is_allocated()
    {
        var file = HandMadePng.Make(100_000, 100_000, 8, 2, []);
        Should.Throw<ImageException>(() => ImageFile.Decode(file)).Message.ShouldContain("100000 x 100000");
        using var picture = Gradient();
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        Should.Throw<ImageException>(() => ImageFile.Decode(png.AsSpan(), (picture.Width * picture.Height) - 1));
        ImageFile.Decode(png.AsSpan(), picture.Width * picture.Height).Dispose();
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_file_that_is_cut_off_is_a_typed_error(SKEncodedImageFormat format)
    {
        using var picture = Gradient();
        using var encoded = picture.Encode(format, 90);
        var whole = encoded.ToArray();
        for (var i = 1; i < 20; i++)
            Should.Throw<ImageException>(() => ImageFile.Decode(whole.AsSpan(0, whole.Length * i / 22)));
    }

    [Fact]
    public void A_damaged_file_is_a_typed_error_or_a_picture_of_its_size()
    {
        using var picture = Gradient();
        using var encoded = picture.Encode(SKEncodedImageFormat.Png, 90);
        var whole = encoded.ToArray();
        for (var i = 8; i < whole.Length; i += 7)
        {
            var damaged = (byte[])whole.Clone();
            damaged[i] ^= 0x21;
            try
            {
                using var read = ImageFile.Decode(damaged);
                read.GetPixelSpan().Length.ShouldBe(read.Width * read.Height * 4);
            }
            catch (ImageException)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void A_name_without_a_known_ending_is_refused()
    {
        using var picture = Gradient();
        Should.Throw<ArgumentException>(() => ImageFile.Write(Path.Combine(_folder, "a.tiff"), picture))
            .Message.ShouldContain(".webp");
    }

    /// <summary>Adds an EXIF segment with an orientation behind a JPEG's first marker.</summary>
    private static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        var exif = Bytes("FFE1 0022 457869660000 4D4D002A 00000008 0001 0112 0003 00000001 0000 0000 00000000");
        BinaryPrimitives.WriteInt16BigEndian(exif.AsSpan(28), (short)orientation);
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    private static SKBitmap Gradient()
    {
        var bitmap = new SKBitmap(64, 48, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var y = 0; y < bitmap.Height; y++)
            for (var x = 0; x < bitmap.Width; x++)
                bitmap.SetPixel(x, y, new((byte)(x * 4), (byte)(y * 5), (byte)(255 - (x * 2) - y)));
        return bitmap;
    }

    private static byte[] Rgb(SKBitmap bitmap)
    {
        var pixels = bitmap.GetPixelSpan();
        var rgb = new byte[bitmap.Width * bitmap.Height * 3];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = pixels[(i / 3 * 4) + (i % 3)];
        return rgb;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
