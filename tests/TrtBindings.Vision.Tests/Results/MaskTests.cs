namespace TrtBindings.Vision.Tests.Results;

public sealed class MaskTests
{
    // Two rows of ten pixels at (3, 1) in a frame of 20 x 5: ######.... and ...#.....#
    private readonly Mask _mask = new(20, 5, new(3, 1, 13, 3), [0b0011_1111, 0, 0b0000_1000, 0b10]);

    [Fact]
    public void A_pixel_is_asked_for_in_coordinates_of_the_frame()
    {
        _mask[3, 1].ShouldBeTrue();
        _mask[8, 1].ShouldBeTrue();
        _mask[9, 1].ShouldBeFalse();
        _mask[6, 2].ShouldBeTrue();
        _mask[12, 2].ShouldBeTrue();
        _mask[13, 2].ShouldBeFalse();
        _mask[0, 0].ShouldBeFalse();
        _mask[-1, 400].ShouldBeFalse();
    }

    [Fact]
    public void The_area_counts_the_pixels() => _mask.Area.ShouldBe(8);

    [Fact]
    public void The_whole_frame_is_written_over_what_was_there()
    {
        var frame = new byte[100];
        frame.AsSpan().Fill(77);
        _mask.CopyTo(frame, 255);
        for (var y = 0; y < 5; y++)
            for (var x = 0; x < 20; x++) frame[(y * 20) + x].ShouldBe(_mask[x, y] ? (byte)255 : (byte)0);
    }

    [Fact]
    public void A_short_destination_is_refused() =>
        Should.Throw<ArgumentException>(() => _mask.CopyTo(new byte[99])).Message.ShouldContain("100");

    [Fact]
    public void A_row_beyond_the_region_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => _mask.RowBits(2).Length);
}
