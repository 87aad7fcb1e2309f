using TrtBindings.Samples;

namespace TrtBindings.Vision.Tests.Pictures;

public sealed class FaceDrawingTests
{
    [Fact]
    public void Key_points_are_drawn_where_they_are_each_in_the_colour_of_the_legend()
    {
        var face = new FaceDetection(
            .9f, new(100, 60, 200, 190), new(new(130, 100), new(170, 100), new(150, 125), new(135, 150), new(165, 150)));
        var picture = FaceOverlay.Draw(new(300, 300), [face]);
        var points = Enumerable.Range(0, FaceKeyPoints.Count)
            .Select(i => At(picture, (int)face.KeyPoints!.Value[i].X, (int)face.KeyPoints!.Value[i].Y)).ToArray();
        points.Distinct().Count().ShouldBe(FaceKeyPoints.Count);
        points.ShouldNotContain(default(Color));
        // The legend is in a corner, a line for each point from the top.
        var legend = Enumerable.Range(0, 120).Select(y => At(picture, 1, y)).Where(color => color != default).Distinct();
        legend.ShouldBe(points);
    }

    [Fact]
    public void A_face_without_key_points_has_no_legend()
    {
        var picture = FaceOverlay.Draw(new(300, 300), [new(.9f, new(100, 60, 200, 190), null)]);
        At(picture, 1, 1).ShouldBe(default);
        At(picture, 100, 100).ShouldBe(Color.Of(0));
    }

    [Theory]
    [InlineData(0, 0, 99, 99, 299, 1)]
    [InlineData(0, 0, 300, 99, 1, 298)]
    [InlineData(99, 99, 300, 300, 1, 1)]
    public void A_legend_is_in_the_corner_where_it_hides_nothing(int left, int top, int right, int bottom, int x, int y)
    {
        var picture = new Picture(300, 300);
        Legend.Draw(new(picture), [("one", Color.Of(0)), ("two", Color.Of(0))], [new(left, top, right, bottom)]);
        At(picture, x, y).ShouldBe(Color.Of(0));
    }

    [Fact]
    public void Tiles_are_copied_pixel_for_pixel_and_begin_a_new_row_after_eight()
    {
        var sheet = TileSheet.Draw([.. Enumerable.Range(0, 9).Select(i => Filled(10, 6, (byte)(10 + i)))]);
        (sheet.Width, sheet.Height).ShouldBe(((8 * 14) + 4, (2 * 26) + 4));
        for (var i = 0; i < 9; i++)
        {
            var (left, top) = ((i % 8 * 14) + 4, (i / 8 * 26) + 4);
            var gray = (byte)(10 + i);
            At(sheet, left, top).ShouldBe(new(gray, gray, gray));
            At(sheet, left + 9, top + 5).ShouldBe(new(gray, gray, gray));
            At(sheet, left - 1, top).ShouldBe(default);
            At(sheet, left, top - 1).ShouldBe(default);
        }
    }

    private static Picture Filled(int width, int height, byte gray)
    {
        var picture = new Picture(width, height);
        Array.Fill(picture.Rgb, gray);
        return picture;
    }

    private static Color At(Picture picture, int x, int y) => new(
        picture.Rgb[((y * picture.Width) + x) * 3], picture.Rgb[(((y * picture.Width) + x) * 3) + 1],
        picture.Rgb[(((y * picture.Width) + x) * 3) + 2]);
}
