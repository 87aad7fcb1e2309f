using System.Runtime.InteropServices;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Imaging;

/// <summary>Images over native memory, and rectangles of images.</summary>
public sealed unsafe class NativeImageTests : IDisposable
{
    private const int Width = 40;
    private const int Height = 30;
    private const int Stride = 128;

    private readonly byte* _pixels = (byte*)NativeMemory.Alloc(Stride * Height);

    public NativeImageTests() => new Random(1).NextBytes(new Span<byte>(_pixels, Stride * Height));

    private nint Address => (nint)_pixels;

    public void Dispose() => NativeMemory.Free(_pixels);

    [Fact]
    public void Native_pixels_are_seen_where_they_are()
    {
        var image = ImageMemory.FromPointer(Address, Width, Height, PixelFormat.Rgb, Stride);
        var view = ImageView.FromPointer(Address, Width, Height, PixelFormat.Rgb, Stride);
        _pixels[Stride] = 99;
        image.Pixels[Stride].ShouldBe((byte)99);
        view.Pixels[Stride].ShouldBe((byte)99);
        image.View.Pixels.Length.ShouldBe((Stride * (Height - 1)) + (Width * 3));
        view.Pixels.Length.ShouldBe(image.Pixels.Length);
    }

    [Fact]
    public void Native_and_managed_pixels_make_the_same_model_input()
    {
        var managed = new ImageMemory(new Span<byte>(_pixels, Stride * Height).ToArray(), 30, Height, PixelFormat.Bgra, Stride);
        var native = ImageMemory.FromPointer(Address, 30, Height, PixelFormat.Bgra, Stride);
        var (expected, found) = (new float[3 * 64 * 64], new float[3 * 64 * 64]);
        managed.View.LetterboxTo(expected, 64, 64);
        native.View.LetterboxTo(found, 64, 64);
        found.ShouldBe(expected);
    }

    [Fact]
    public void A_rectangle_is_the_same_memory()
    {
        var image = ImageMemory.FromPointer(Address, Width, Height, PixelFormat.Rgb, Stride);
        var part = image.Crop(5, 7, 10, 4);
        (part.Width, part.Height, part.Stride, part.Format).ShouldBe((10, 4, Stride, PixelFormat.Rgb));
        fixed (byte* first = part.Pixels) ((nint)first).ShouldBe(Address + (7 * Stride) + 15);
        fixed (byte* first = image.View.Crop(5, 7, 10, 4).Pixels) ((nint)first).ShouldBe(Address + (7 * Stride) + 15);
        var again = part.Crop(9, 3, 1, 1);
        again.Pixels[0].ShouldBe(_pixels[(10 * Stride) + 42]);
    }

    [Theory]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, -1, 1, 1)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(31, 0, 10, 1)]
    [InlineData(0, 21, 1, 10)]
    [InlineData(int.MaxValue, 0, int.MaxValue, 1)]
    public void A_rectangle_that_leaves_the_image_is_a_typed_error(int x, int y, int width, int height)
    {
        var image = new ImageMemory(new byte[Width * Height], Width, Height, PixelFormat.Gray);
        Should.Throw<ImageException>(() => image.Crop(x, y, width, height)).Message.ShouldContain($"{Width} x {Height}");
        Should.Throw<ImageException>(() => image.View.Crop(x, y, width, height).Width);
        Should.Throw<ImageException>(() => default(ImageMemory).Crop(0, 0, 1, 1));
    }

    [Fact]
    public void An_address_of_null_and_sizes_that_do_not_fit_are_typed_errors()
    {
        Should.Throw<ImageException>(() => ImageMemory.FromPointer(0, 1, 1, PixelFormat.Rgb)).Message.ShouldContain("null");
        Should.Throw<ImageException>(() => ImageView.FromPointer(0, 1, 1, PixelFormat.Rgb).Width);
        Should.Throw<ImageException>(() => ImageMemory.FromPointer(Address, 0, 1, PixelFormat.Rgb));
        Should.Throw<ImageException>(() => ImageMemory.FromPointer(Address, 10, 2, PixelFormat.Rgb, 29));
        Should.Throw<ImageException>(() => ImageMemory.FromPointer(Address, 50_000, 50_000, PixelFormat.Rgb))
            .Message.ShouldContain("more than one span holds");
    }

    [Fact]
    public void Making_images_and_rectangles_allocates_nothing()
    {
        var owner = new object();
        var images = new ImageMemory[4];
        Allocations.Of(() =>
        {
            for (var i = 0; i < images.Length; i++)
                images[i] = ImageMemory.FromPointer(Address, Width, Height, PixelFormat.Rgb, Stride, owner).Crop(i, i, 8, 8);
        }).ShouldBe(0);
    }

    [Fact]
    public void An_image_keeps_the_owner_of_its_memory_from_being_collected()
    {
        var (image, owner) = Make();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        owner.TryGetTarget(out _).ShouldBeTrue();
        image.KeepAlive();

        (ImageMemory, WeakReference<object>) Make()
        {
            var one = new object();
            return (ImageMemory.FromPointer(Address, 1, 1, PixelFormat.Gray, owner: one).Crop(0, 0, 1, 1), new(one));
        }
    }
}
