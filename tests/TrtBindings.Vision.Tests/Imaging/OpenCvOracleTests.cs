using System.Runtime.InteropServices;
using OpenCvSharp;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Imaging;

/// <summary>OpenCV itself, where its library loads: the same bytes at random sizes.</summary>
[Trait("Category", "Slow")]
public sealed class OpenCvOracleTests
{
    // 6 is INTER_NEAREST_EXACT, which the package does not name.
    [SkippableTheory]
    [InlineData(ResizeFilter.Nearest, InterpolationFlags.Nearest)]
    [InlineData(ResizeFilter.NearestExact, (InterpolationFlags)6)]
    [InlineData(ResizeFilter.Bilinear, InterpolationFlags.Linear)]
    [InlineData(ResizeFilter.Area, InterpolationFlags.Area)]
    [InlineData(ResizeFilter.Bicubic, InterpolationFlags.Cubic)]
    public void Random_sizes_equal_OpenCV(ResizeFilter filter, InterpolationFlags flag)
    {
        try
        {
            // Without its optimizations OpenCV does not hand the cubic resize to Intel's IPP, whose results differ by 1.
            Cv2.SetUseOptimized(false);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException)
        {
            Skip.If(true, $"OpenCV's library does not load here (on Linux it wants libgtk-3-0): {e.Message}");
        }

        var random = new Random(5);
        var rules = new ClassificationPreprocessing { Resizer = ImageResizer.OpenCv, Filter = filter };
        for (var i = 0; i < 60; i++)
        {
            var photo = HashPicture.Make(random.Next(1, 200), random.Next(1, 200));
            var (width, height) = (random.Next(1, 200), random.Next(1, 200));
            // Whole factors and equal sides have rules of their own.
            if (i % 4 == 1) (width, height) = (Math.Max(photo.Width / 3, 1), Math.Max(photo.Height / 2, 1));
            if (i % 4 == 2) width = photo.Width;
            using var mat = Mat.FromPixelData(photo.Height, photo.Width, MatType.CV_8UC3, photo.Pixels.ToArray());
            using var resized = new Mat();
            Cv2.Resize(mat, resized, new Size(width, height), 0, 0, flag);
            var expected = new byte[width * height * 3];
            Marshal.Copy(resized.Data, expected, 0, expected.Length);
            Resized.Bytes(rules, photo, CropGeometry.Stretched(width, height)).SequenceEqual(expected)
                .ShouldBeTrue($"{photo.Width} x {photo.Height} to {width} x {height}");
        }
    }
}
