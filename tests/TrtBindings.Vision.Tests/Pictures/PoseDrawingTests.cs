using TrtBindings.Samples;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Pictures;

public sealed class PoseDrawingTests
{
    [Fact]
    public void A_turned_box_is_drawn_along_its_sides_and_not_round_them()
    {
        // A square stood on its corner: (150, 90), (210, 150), (150, 210), (90, 150).
        var side = 60 * MathF.Sqrt(2);
        var item = OverlayItem.Of(DeskLabel.Die, .9f, new OrientedBox(150, 150, side, side, MathF.PI / 4));
        var picture = Overlay.Draw(new(300, 300), [item]);
        foreach (var (x, y) in new[] { (180, 120), (180, 180), (120, 180), (120, 120) }) At(picture, x, y).ShouldNotBe(default);
        foreach (var (x, y) in new[] { (209, 91), (209, 209), (91, 209), (150, 150) }) At(picture, x, y).ShouldBe(default);
    }

    [Fact]
    public void Key_points_are_discs_joined_in_their_order()
    {
        var item = new OverlayItem("", new(20, 20, 280, 280)) { Points = [(60, 60), (240, 60), (240, 240)] };
        var picture = Overlay.Draw(new(300, 300), [item]);
        foreach (var (x, y) in item.Points) At(picture, (int)x, (int)y).ShouldBe(Color.Of(0));
        At(picture, 150, 60).ShouldNotBe(default);
        At(picture, 240, 150).ShouldNotBe(default);
        At(picture, 150, 150).ShouldBe(default);
    }

    private static Color At(Picture picture, int x, int y)
    {
        var pixel = picture.Rgb.AsSpan(((y * picture.Width) + x) * 3, 3);
        return new(pixel[0], pixel[1], pixel[2]);
    }
}
