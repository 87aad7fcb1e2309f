using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SkiaSharp;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests;

public sealed class SkiaImagesTests : IDisposable
{
    private readonly SKBitmap _photo = Noise(SKColorType.Rgba8888);

    public void Dispose() => _photo.Dispose();

    [Theory]
    [InlineData(SKColorType.Rgba8888, SKAlphaType.Opaque, PixelFormat.Rgba)]
    [InlineData(SKColorType.Rgba8888, SKAlphaType.Unpremul, PixelFormat.Rgba)]
    [InlineData(SKColorType.Rgba8888, SKAlphaType.Premul, PixelFormat.Rgba)]
    [InlineData(SKColorType.Bgra8888, SKAlphaType.Premul, PixelFormat.Bgra)]
    [InlineData(SKColorType.Srgba8888, SKAlphaType.Opaque, PixelFormat.Rgba)]
    [InlineData(SKColorType.Rgb888x, SKAlphaType.Opaque, PixelFormat.Rgba)]
    [InlineData(SKColorType.Gray8, SKAlphaType.Opaque, PixelFormat.Gray)]
    public void A_bitmap_of_8_bits_a_channel_is_seen_where_it_is(SKColorType color, SKAlphaType alpha, PixelFormat format)
    {
        using var bitmap = new SKBitmap(7, 5, color, alpha);
        var view = bitmap.AsView();
        var image = bitmap.AsImage();
        (view.Width, view.Height, view.Format, view.Stride).ShouldBe((7, 5, format, bitmap.RowBytes));
        (image.Width, image.Height, image.Format, image.Stride).ShouldBe((7, 5, format, bitmap.RowBytes));
        AddressOf(view.Pixels).ShouldBe(bitmap.GetPixels());
        AddressOf(image.Pixels).ShouldBe(bitmap.GetPixels());
    }

    [Fact]
    public void A_part_of_a_bitmap_has_the_whole_ones_stride()
    {
        using var part = new SKBitmap();
        _photo.ExtractSubset(part, SKRectI.Create(3, 2, 10, 8)).ShouldBeTrue();
        var view = part.AsView();
        (view.Width, view.Height, view.Stride).ShouldBe((10, 8, _photo.RowBytes));
        AddressOf(view.Pixels).ShouldBe(_photo.GetPixels() + (2 * _photo.RowBytes) + 12);
        view.Pixels[..4].ToArray().ShouldBe(_photo.GetPixelSpan(3, 2)[..4].ToArray());
    }

    [Theory]
    [InlineData(SKColorType.Rgb565)]
    [InlineData(SKColorType.Argb4444)]
    [InlineData(SKColorType.Alpha8)]
    [InlineData(SKColorType.RgbaF16)]
    [InlineData(SKColorType.Rgba1010102)]
    [InlineData(SKColorType.Rgba16161616)]
    public void Another_colour_type_is_an_error_that_names_the_fix(SKColorType color)
    {
        using var bitmap = new SKBitmap(7, 5, color, SKAlphaType.Premul);
        var error = Should.Throw<ImageException>(() => bitmap.AsView().Width);
        error.Message.ShouldContain($"{color}");
        error.Message.ShouldContain("bitmap.Copy(SKColorType.Rgba8888)");
        Should.Throw<ImageException>(() => bitmap.AsImage());
        if (color == SKColorType.Alpha8) return;
        using var copy = bitmap.Copy(SKColorType.Rgba8888);
        copy.AsView().Width.ShouldBe(7);
    }

    [Fact]
    public void An_empty_bitmap_is_a_typed_error()
    {
        using var bitmap = new SKBitmap();
        Should.Throw<ImageException>(() => bitmap.AsView().Width).Message.ShouldContain("no pixels");
    }

    [Fact]
    public void Views_and_images_allocate_nothing()
    {
        var images = new ImageMemory[8];
        var sum = 0;
        Allocations.Of(() =>
        {
            for (var i = 0; i < images.Length; i++) images[i] = _photo.AsImage();
            sum += _photo.AsView().Width;
        }).ShouldBe(0);
        sum.ShouldBePositive();
    }

    [Fact]
    public void A_batch_of_bitmaps_gives_what_copies_in_managed_memory_give()
    {
        using var model = DeskDetect();
        using var engine = YoloDetectEngine.Create(model, new() { MaxBatch = 3, Confidence = 0.4f });
        using var photo = ImageFile.Read(StillLife);
        using var bgra = photo.Copy(SKColorType.Bgra8888);
        var managed = new ImageMemory(photo.GetPixelSpan().ToArray(), photo.Width, photo.Height, PixelFormat.Rgba);
        var expected = engine.Detect(managed.View);
        expected.Count.ShouldBeGreaterThan(5);
        var found = engine.Detect([photo.AsImage(), managed, bgra.AsImage()]);
        foreach (var list in found) list.ShouldBe(expected);
        engine.Detect(photo.AsView()).ShouldBe(expected);
        var lists = Enumerable.Range(0, 2).Select(_ => new List<Detection<DeskLabel>>()).ToArray();
        Allocations.Of(() => engine.Detect([photo.AsImage(), bgra.AsImage()], lists)).ShouldBe(0);
    }

    [Fact]
    public void An_image_keeps_its_bitmap_from_being_collected()
    {
        var image = Make();
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        image.Pixels.IndexOfAnyExcept((byte)77).ShouldBe(-1);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static ImageMemory Make()
        {
            var bitmap = new SKBitmap(500, 400, SKColorType.Gray8, SKAlphaType.Opaque);
            bitmap.GetPixelSpan().Fill(77);
            return bitmap.AsImage();
        }
    }

    [Theory]
    [InlineData(PixelFormat.Rgb)]
    [InlineData(PixelFormat.Bgr)]
    [InlineData(PixelFormat.Rgba)]
    [InlineData(PixelFormat.Bgra)]
    [InlineData(PixelFormat.Gray)]
    public void An_image_of_any_format_becomes_a_bitmap(PixelFormat format)
    {
        var size = format.BytesPerPixel();
        byte[] pixels = [.. Enumerable.Range(0, (2 * size) + 3).Select(i => (byte)(10 * i)), .. new byte[2 * size]];
        var image = new ImageView(pixels, 2, 2, format, (2 * size) + 3);
        using var bitmap = image.ToBitmap();
        for (var x = 0; x < 2; x++)
        {
            byte At(int channel) => pixels[(x * size) + (size == 1 ? 0 : channel)];
            var (red, blue) = format is PixelFormat.Bgr or PixelFormat.Bgra ? (2, 0) : (0, 2);
            bitmap.GetPixel(x, 0).ShouldBe(new SKColor(At(red), At(1), At(blue)));
        }

        Should.Throw<ImageException>(() => default(ImageView).ToBitmap());
    }

    [Fact]
    public void A_mask_becomes_a_PNG_of_0_and_255()
    {
        var mask = CocoRunLengths.Of([16, 1, 4, 2, 77], 20, 5).ToMask();
        using var bitmap = mask.ToBitmap();
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var (width, height, rgb) = HandMadePng.Decode(png.ToArray());
        (width, height).ShouldBe((20, 5));
        for (var i = 0; i < 100; i++) rgb[3 * i].ShouldBe(mask[i % 20, i / 20] ? (byte)255 : (byte)0);
    }

    private static string StillLife => Path.Combine(TestPaths.RepositoryRoot, "samples", "images", "still-life.png");

    private static UntypedYoloDetect<DeskLabel> DeskDetect() => new(UntypedModel.Load(
        Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-detect", "desk-detect.onnx")));

    private static SKBitmap Noise(SKColorType color)
    {
        var bitmap = new SKBitmap(40, 30, color, SKAlphaType.Opaque);
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        return bitmap;
    }

    private static unsafe nint AddressOf(ReadOnlySpan<byte> pixels) =>
        (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(pixels));
}
