using System.Numerics;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Scrfd;

public sealed class AlignmentTests
{
    [Fact]
    public void A_moved_turned_and_scaled_template_is_found_again()
    {
        var move = new SimilarityTransform(1.5, -.4, 30, 70);
        var transform = FaceAlignment.TransformOf(Moved(move));
        var back = move.Invert();
        transform.A.ShouldBe(back.A, 1e-6);
        transform.B.ShouldBe(back.B, 1e-6);
        transform.X.ShouldBe(back.X, 1e-4);
        transform.Y.ShouldBe(back.Y, 1e-4);
        transform.Scale.ShouldBe(1 / move.Scale, 1e-6);
    }

    [Fact]
    public void No_other_transform_brings_the_points_nearer()
    {
        FaceKeyPoints face = new(new(91, 120), new(129, 118), new(110, 141), new(95, 161), new(126, 160));
        var best = FaceAlignment.TransformOf(face);
        var least = Distance(best, face);
        least.ShouldBeGreaterThan(1);
        foreach (var step in new[] { -1e-3, 1e-3 })
        {
            Distance(best with { A = best.A + step }, face).ShouldBeGreaterThan(least);
            Distance(best with { B = best.B + step }, face).ShouldBeGreaterThan(least);
            Distance(best with { X = best.X + (100 * step) }, face).ShouldBeGreaterThan(least);
            Distance(best with { Y = best.Y + (100 * step) }, face).ShouldBeGreaterThan(least);
        }
    }

    [Fact]
    public void A_mirrored_face_is_turned_but_not_mirrored()
    {
        var template = FaceAlignment.Template;
        var mirrored = new FaceKeyPoints(Mirror(template.LeftEye), Mirror(template.RightEye), Mirror(template.Nose),
            Mirror(template.MouthLeft), Mirror(template.MouthRight));
        var transform = FaceAlignment.TransformOf(mirrored);
        // What is left of a transform without mirroring has a positive determinant, here of a scale below 1.
        transform.Scale.ShouldBeInRange(0.01, 0.9);
    }

    [Fact]
    public void A_face_in_place_is_copied_whatever_the_format()
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var photo = BlobPhotos.Make(5, 112, 112, format);
            var rgb = new byte[FaceAlignment.ByteLength];
            photo.View.AlignTo(FaceAlignment.Template, rgb);
            var (red, green, blue) = format.ChannelOffsets();
            var size = format.BytesPerPixel();
            for (var i = 0; i < 112 * 112; i++)
            {
                var pixel = photo.Pixels.Span.Slice(i * size, size);
                (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]).ShouldBe((pixel[red], pixel[green], pixel[blue]));
            }
        }
    }

    [Fact]
    public void Half_a_pixel_mixes_neighbours_and_outside_is_black()
    {
        var pixels = new byte[112 * 112];
        Array.Fill(pixels, (byte)200);
        pixels[(50 * 112) + 60] = 100;
        var rgb = new byte[FaceAlignment.ByteLength];
        // The face lies half a pixel to the right of the template.
        new ImageView(pixels, 112, 112, PixelFormat.Gray).AlignTo(Moved(new(1, 0, .5, 0)), rgb);
        int At(int x, int y) => rgb[((y * 112) + x) * 3];
        (At(58, 50), At(59, 50), At(60, 50), At(61, 50), At(60, 49)).ShouldBe((200, 150, 150, 200, 200));
        // Half of the last column lies outside.
        At(111, 7).ShouldBe(100);
    }

    [Fact]
    public void Points_that_are_one_or_none_are_a_typed_error()
    {
        var photo = BlobPhotos.Make(5, 20, 20);
        var rgb = new byte[FaceAlignment.ByteLength];
        Vector2 nowhere = new(float.NaN);
        foreach (var point in new[] { Vector2.One, nowhere })
            Should.Throw<ImageException>(() => photo.View.AlignTo(new(point, point, point, point, point), rgb))
                .Message.ShouldContain("not those of a face");
        Should.Throw<ArgumentException>(() => photo.View.AlignTo(FaceAlignment.Template, rgb.AsSpan(1)));
        Should.Throw<ImageException>(() => default(ImageView).AlignTo(FaceAlignment.Template, rgb));
    }

    [Fact]
    public void A_face_far_outside_is_black()
    {
        var rgb = new byte[FaceAlignment.ByteLength];
        Array.Fill(rgb, (byte)7);
        BlobPhotos.Make(5, 20, 20).View.AlignTo(Moved(new(1000, 0, 1e9, -1e9)), rgb);
        rgb.AsSpan().IndexOfAnyExcept((byte)0).ShouldBe(-1);
    }

    private static Vector2 Mirror(Vector2 point) => new(112 - point.X, point.Y);

    private static FaceKeyPoints Moved(SimilarityTransform move)
    {
        var face = FaceAlignment.Template;
        return new(
            move.Apply(face.LeftEye), move.Apply(face.RightEye), move.Apply(face.Nose), move.Apply(face.MouthLeft),
            move.Apply(face.MouthRight));
    }

    private static double Distance(SimilarityTransform transform, FaceKeyPoints face) =>
        Enumerable.Range(0, 5).Sum(i => (double)(transform.Apply(face[i]) - FaceAlignment.Template[i]).LengthSquared());
}
