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
        // A transform without mirroring has a positive determinant; here the scale is below 1.
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
                var pixel = photo.Pixels.Slice(i * size, size);
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

    public static TheoryData<FaceKeyPoints, double[], byte[], byte[]> Originals() => new()
    {
        {
            new(new(91, 120), new(129, 118), new(110, 141), new(95, 161), new(126, 160)),
            [0.9595932740391485, 0.018646671615054577, -47.110485105037775, -64.49714032745979],
            [160, 216, 87, 74, 187, 153, 144, 90, 159, 110, 56, 104, 92, 197],
            [155, 74, 89, 133, 115, 126, 128, 137, 99, 143, 150, 50, 151, 157]
        },
        {
            new(new(200.5f, 150.25f), new(260.75f, 171.5f), new(221.1f, 190.9f), new(190.3f, 222.4f), new(240.8f, 230.6f)),
            [0.5654068565108294, -0.14340318101385646, -97.57975076296907, -5.3617895276614576],
            [219, 167, 171, 202, 239, 228, 229, 114, 182, 59, 142, 106, 169, 0],
            [84, 114, 127, 157, 107, 230, 115, 207, 164, 139, 72, 84, 166, 0]
        },
    };

    /// <summary>
    /// Umeyama's transform computed with NumPy's singular values, and pixels of OpenCV 5.0's warpAffine: every eighth red of row
    /// 50 and blue of row 100. OpenCV 5 does not round positions to 1/32, which on this picture of noise is 4 steps.
    /// </summary>
    [Theory]
    [MemberData(nameof(Originals))]
    public void The_transform_and_the_pixels_are_the_originals(FaceKeyPoints face, double[] expected, byte[] red, byte[] blue)
    {
        var transform = FaceAlignment.TransformOf(face);
        double[] found = [transform.A, transform.B, transform.X, transform.Y];
        found.ShouldBe(expected, 1e-9);
        var rgb = new byte[FaceAlignment.ByteLength];
        FormulaPicture.Make(300, 260).View.AlignTo(face, rgb);
        for (var i = 0; i < red.Length; i++)
        {
            Math.Abs(rgb[((50 * 112) + (8 * i)) * 3] - red[i]).ShouldBeLessThanOrEqualTo(4);
            Math.Abs(rgb[(((100 * 112) + (8 * i)) * 3) + 2] - blue[i]).ShouldBeLessThanOrEqualTo(4);
        }
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
