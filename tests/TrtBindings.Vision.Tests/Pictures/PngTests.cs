using System.Security.Cryptography;
using TrtBindings.Samples;

namespace TrtBindings.Vision.Tests.Pictures;

public sealed class PngTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(640, 33)]
    public void What_was_written_reads_back_equal(int width, int height)
    {
        var picture = Noise(width, height);
        using var file = new MemoryStream();
        PngWriter.Write(file, picture);
        var read = PngReader.Read(file.ToArray());
        (read.Width, read.Height).ShouldBe((width, height));
        read.Rgb.SequenceEqual(picture.Rgb).ShouldBeTrue();
    }

    [Fact]
    public void A_smooth_picture_uses_filters_and_reads_back_equal()
    {
        var picture = new Picture(300, 200);
        for (var i = 0; i < picture.Rgb.Length; i++) picture.Rgb[i] = (byte)(i / 3 % 300 / 2 + i / 900);
        using var file = new MemoryStream();
        PngWriter.Write(file, picture);
        file.Length.ShouldBeLessThan(picture.Rgb.Length / 10);
        PngReader.Read(file.ToArray()).Rgb.SequenceEqual(picture.Rgb).ShouldBeTrue();
    }

    // Colour types and depths; each row starts with its filter byte.
    [Theory]
    [InlineData(8, 0, "00 05 FF", "050505 FFFFFF")]
    [InlineData(16, 0, "00 1234 FFFE", "121212 FFFFFF")]
    [InlineData(1, 0, "00 40", "000000 FFFFFF")]
    [InlineData(2, 0, "00 60", "555555 AAAAAA")]
    [InlineData(4, 0, "00 1F", "111111 FFFFFF")]
    [InlineData(8, 4, "00 0580 FF00", "050505 FFFFFF")]
    [InlineData(16, 4, "00 0500FFFF 70FF0000", "050505 707070")]
    [InlineData(8, 2, "00 010203 0405FF", "010203 0405FF")]
    [InlineData(16, 2, "00 010002000300 0400050006FF", "010203 040506")]
    [InlineData(8, 6, "00 01020300 040506FF", "010203 040506")]
    [InlineData(16, 6, "00 0100020003000000 040005000600FFFF", "010203 040506")]
    public void Every_colour_type_becomes_RGB(byte depth, byte color, string row, string expected)
    {
        var read = PngReader.Read(HandMadePng.Make(2, 1, depth, color, Bytes(row)));
        read.Rgb.ShouldBe(Bytes(expected));
    }

    [Theory]
    [InlineData(8, "00 01 00")]
    [InlineData(4, "00 10")]
    [InlineData(1, "00 80")]
    public void A_palette_is_looked_up(byte depth, string row)
    {
        var read = PngReader.Read(HandMadePng.Make(2, 1, depth, 3, Bytes(row), Bytes("0A0B0C F0F1F2")));
        read.Rgb.ShouldBe(Bytes("F0F1F2 0A0B0C"));
    }

    // Five rows, one per filter, computed by hand from the rule beside each.
    [Fact]
    public void Every_filter_is_undone()
    {
        var rows = Bytes("00 0A14" // none: 10 20
            + "01 0505" // left: 5, 5+5
            + "02 0102" // above: 5+1, 10+2
            + "03 0A0A" // mean of left and above: 10+3, 10+(13+12)/2
            + "04 0101"); // Paeth: 1+13, 1+paeth(14, 22, 13) = 1+22
        PngReader.Read(HandMadePng.Make(2, 5, 8, 0, rows)).Rgb.Where((_, i) => i % 3 == 0)
            .ShouldBe([10, 20, 5, 10, 6, 12, 13, 22, 14, 23]);
    }

    [Fact]
    public void An_interlaced_file_is_refused_by_name()
    {
        var file = HandMadePng.Make(2, 1, 8, 0, Bytes("00 05 FF"), interlace: 1);
        Should.Throw<PictureException>(() => PngReader.Read(file)).Message.ShouldContain("Adam7");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    [InlineData(200_000, 200_000)]
    public void A_size_that_cannot_be_is_refused_before_memory_is_asked_for(int width, int height)
    {
        var file = HandMadePng.Make(width, height, 8, 2, []);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<PictureException>(() => PngReader.Read(file));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 2)]
    [InlineData(16, 3)]
    [InlineData(8, 1)]
    [InlineData(8, 7)]
    public void A_depth_that_the_colour_type_does_not_have_is_refused(byte depth, byte color) =>
        Should.Throw<PictureException>(() => PngReader.Read(HandMadePng.Make(1, 1, depth, color, [0, 0, 0])));

    [Fact]
    public void A_missing_palette_and_an_index_outside_it_are_refused()
    {
        Should.Throw<PictureException>(() => PngReader.Read(HandMadePng.Make(1, 1, 8, 3, [0, 0])));
        Should.Throw<PictureException>(() => PngReader.Read(HandMadePng.Make(1, 1, 8, 3, [0, 9], [1, 2, 3])));
    }

    [Fact]
    public void A_file_cut_anywhere_or_with_any_byte_changed_is_a_typed_error_or_a_picture()
    {
        var rows = Enumerable.Range(0, 3).SelectMany(y => (byte[])[(byte)y, .. new byte[12]]);
        var file = HandMadePng.Make(4, 3, 8, 2, [.. rows]);
        PngReader.Read(file).Width.ShouldBe(4);
        for (var length = 8; length < file.Length; length++)
            Should.Throw<PictureException>(() => PngReader.Read(file[..length]));
        for (var i = 8; i < file.Length; i++)
        {
            var damaged = (byte[])file.Clone();
            damaged[i] ^= 0x21;
            // Everything after the signature is covered by a length, a checksum or both.
            Should.Throw<PictureException>(() => PngReader.Read(damaged));
        }
    }

    [Fact]
    public void Pixel_data_that_ends_early_is_refused() =>
        Should.Throw<PictureException>(() => PngReader.Read(HandMadePng.Make(4, 3, 8, 2, new byte[20])));

    [SkippableFact]
    public void A_letterboxed_photograph_reads_to_the_bytes_that_its_reference_was_made_from()
    {
        var path = SharedPictures.Path("yolo/letterboxed/bus_810x1080_q487k_640.png");
        var picture = PictureFile.Read(path);
        (picture.Width, picture.Height).ShouldBe((640, 640));
        Convert.ToHexStringLower(SHA256.HashData(picture.Rgb)).ShouldBe(SharedPictures.ReferenceInputHash());
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));

    private static Picture Noise(int width, int height)
    {
        var picture = new Picture(width, height);
        new Random(5).NextBytes(picture.Rgb);
        return picture;
    }
}
