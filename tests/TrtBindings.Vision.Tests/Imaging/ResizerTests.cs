using System.Security.Cryptography;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Imaging;

/// <summary>What holds for every resizer and filter, and small results that can be checked by hand.</summary>
public sealed class ResizerTests
{
    private static readonly byte[] Four = [0, 50, 100, 150, 10, 60, 110, 160, 20, 70, 120, 170, 200, 210, 220, 255];

    public static TheoryData<ImageResizer, ResizeFilter> All
    {
        get
        {
            var data = new TheoryData<ImageResizer, ResizeFilter>();
            foreach (var rules in Resized.All()) data.Add(rules.Resizer, rules.Filter);
            return data;
        }
    }

    /// <summary>
    /// The hashes are of this library's results, at a time when every resizer equalled its original at 48 sizes. Here they hold
    /// the results fast without the original's data: shrunk, enlarged, and one side each.
    /// </summary>
    [Theory]
    [InlineData("OpenCv.Area", "928260499785b25a")]
    [InlineData("OpenCv.Bicubic", "be6c74365b472590")]
    [InlineData("OpenCv.Bilinear", "149614fb09da0da2")]
    [InlineData("OpenCv.Nearest", "c8e9ad958e5fd686")]
    [InlineData("OpenCv.NearestExact", "0781d480dd92e30f")]
    [InlineData("Pillow.Bicubic", "a9459df59bac5008")]
    [InlineData("Pillow.Bilinear", "4fdede2c9e46335c")]
    [InlineData("Pillow.Box", "c5e6c48163883729")]
    [InlineData("Pillow.Hamming", "b83bf9c1c96b7ab5")]
    [InlineData("Pillow.Lanczos", "4bac88ee57c07719")]
    [InlineData("Pillow.Nearest", "0781d480dd92e30f")]
    [InlineData("Torch.Area", "7517495d5eaf6522")]
    [InlineData("Torch.Bicubic", "96c83445e88df633")]
    [InlineData("Torch.Bilinear", "affca2285f0a48d9")]
    [InlineData("Torch.Nearest", "128846a7d2475084")]
    [InlineData("Torch.NearestExact", "d254d6d28d139d7e")]
    [InlineData("TorchAntialiased.Bicubic", "5362865612ff8412")]
    [InlineData("TorchAntialiased.Bilinear", "ddda79ddcb9d9e95")]
    [InlineData("Torchvision.Bicubic", "92e2d0c77717b88f")]
    [InlineData("Torchvision.Bilinear", "c516b2a907dd10ec")]
    [InlineData("TorchvisionV2.Bicubic", "7b095745552aea9c")]
    [InlineData("TorchvisionV2.Bilinear", "68f6bbf23a2662b8")]
    [InlineData("TorchvisionV2.Nearest", "c8e9ad958e5fd686")]
    [InlineData("TorchvisionV2.NearestExact", "0781d480dd92e30f")]
    [InlineData("TorchvisionV2Aliased.Bicubic", "f04fe73fdfab1eb2")]
    [InlineData("TorchvisionV2Aliased.Bilinear", "08e170c7689746ac")]
    public void Results_stay_as_they_are(string name, string expected)
    {
        var rules = Resized.All().Single(one => $"{one.Resizer}.{one.Filter}" == name);
        var photo = HashPicture.Make(61, 47);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (width, height) in new[] { (29, 20), (90, 75), (100, 13), (55, 6) })
            hash.AppendData(Resized.Bytes(rules, photo, CropGeometry.Stretched(width, height)));
        Convert.ToHexStringLower(hash.GetHashAndReset())[..16].ShouldBe(expected);
    }

    [Fact]
    public void Every_resizer_has_its_results_held() =>
        typeof(ResizerTests).GetMethod(nameof(Results_stay_as_they_are))!.CustomAttributes
            .Count(attribute => attribute.AttributeType == typeof(InlineDataAttribute)).ShouldBe(Resized.All().Count());

    [Theory]
    [MemberData(nameof(All))]
    public void A_crop_is_that_part_of_the_whole(ImageResizer resizer, ResizeFilter filter)
    {
        var rules = new ClassificationPreprocessing { Resizer = resizer, Filter = filter };
        var photo = HashPicture.Make(61, 47);
        var size = rules.PixelResizer() is null ? 12 : 3;
        foreach (var (width, height) in new[] { (30, 24), (61, 20), (122, 94), (70, 99) })
        {
            var whole = Resized.Bytes(rules, photo, CropGeometry.Stretched(width, height));
            var part = Resized.Bytes(rules, photo, new(width, height, 5, 3, 20, 15));
            for (var y = 0; y < 15; y++)
            {
                part.AsSpan(y * 20 * size, 20 * size).SequenceEqual(whole.AsSpan((((y + 3) * width) + 5) * size, 20 * size))
                    .ShouldBeTrue($"{width} x {height}, row {y}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_format_gives_the_same(ImageResizer resizer, ResizeFilter filter)
    {
        // OpenCV's cubic rounds the last values of a row in another way, so that the order of the channels counts there.
        if ((resizer, filter) == (ImageResizer.OpenCv, ResizeFilter.Bicubic)) return;
        var rules = new ClassificationPreprocessing { Resizer = resizer, Filter = filter };
        var gray = HashPicture.Make(31, 40, PixelFormat.Gray);
        var crop = CropGeometry.Centred(20, 50, 18, 44);
        var expected = Resized.Bytes(rules, gray, crop);
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var size = format.BytesPerPixel();
            // The rows are padded, and the memory ends with the last pixel.
            var stride = (31 * size) + 3;
            var pixels = new byte[(39 * stride) + (31 * size)];
            for (var y = 0; y < 40; y++)
                for (var x = 0; x < 31 * size; x++) pixels[(y * stride) + x] = gray.Pixels[(y * 31) + (x / size)];
            Resized.Bytes(rules, new(pixels, 31, 40, format, stride), crop).ShouldBe(expected, format.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_warm_call_allocates_nothing(ImageResizer resizer, ResizeFilter filter)
    {
        var rules = new ClassificationPreprocessing { Resizer = resizer, Filter = filter };
        var photo = HashPicture.Make(120, 90, PixelFormat.Bgra);
        var (input, values) = (new ResizedInput(3, false, rules), new float[3 * 32 * 32]);
        Allocations.Of(() => input.Run(photo.View, rules.Crop(120, 90, 32, 32), values)).ShouldBe(0);
    }

    [Fact]
    public void Each_library_has_its_own_result_for_four_by_four_pixels()
    {
        // OpenCV's bilinear takes the middle of four pixels, as INTER_AREA does; others use pixels further away.
        Shrunk(ImageResizer.OpenCv, ResizeFilter.Bilinear).ShouldBe(new byte[] { 30, 130, 125, 191 });
        Shrunk(ImageResizer.OpenCv, ResizeFilter.Area).ShouldBe(new byte[] { 30, 130, 125, 191 });
        Shrunk(ImageResizer.Pillow, ResizeFilter.Bilinear).ShouldBe(new byte[] { 43, 121, 119, 175 });
        Shrunk(ImageResizer.OpenCv, ResizeFilter.Nearest).ShouldBe(new byte[] { 0, 100, 20, 120 });
        Shrunk(ImageResizer.Pillow, ResizeFilter.Nearest).ShouldBe(new byte[] { 60, 160, 210, 255 });
    }

    [Fact]
    public void Pillow_resizes_columns_first_if_the_height_shrinks_by_far_more_than_the_width()
    {
        // 31 - 4 is more than twice 9 - 5. With rows first, as before Pillow 13, other bytes would come out.
        var photo = HashPicture.Make(9, 31, PixelFormat.Gray);
        var rules = new ClassificationPreprocessing { Filter = ResizeFilter.Bicubic };
        var found = Resized.Bytes(rules, photo, CropGeometry.Stretched(5, 4)).Where((_, i) => i % 3 == 0).ToArray();
        found.ShouldBe(ScalarPillow.Resize(photo.Pixels.ToArray(), 9, 31, 5, 4, ResizeFilter.Bicubic));
        found.ShouldNotBe(ScalarPillow.RowsFirst(photo.Pixels.ToArray(), 9, 31, 5, 4, ResizeFilter.Bicubic));
    }

    [Fact]
    public void A_filter_that_the_resizer_lacks_is_refused_with_those_that_it_has()
    {
        var rules = new ClassificationPreprocessing { Resizer = ImageResizer.OpenCv, Filter = ResizeFilter.Lanczos };
        Should.Throw<ArgumentOutOfRangeException>(() => rules.Validate(8, 8)).Message
            .ShouldContain("The resizer OpenCv has no filter Lanczos; it has Bilinear, Bicubic, Nearest, NearestExact, Area.");
        var blob = ClassificationPreprocessing.OpenCvBlob(1) with { BlobScale = 0 };
        Should.Throw<ArgumentOutOfRangeException>(() => blob.Validate(8, 8)).ParamName.ShouldBe("BlobScale");
        Resized.All().Count().ShouldBe(26);
    }

    [Fact]
    public void The_ways_of_scaling_differ_in_the_last_bit()
    {
        var photo = Photos.Plain(2, 2, 3, 3, 3);
        float Value(ClassificationPreprocessing rules)
        {
            var values = new float[3];
            new ResizedInput(3, false, rules).Run(photo, CropGeometry.Stretched(1, 1), values);
            return values[0];
        }

        Value(ClassificationPreprocessing.Ultralytics).ShouldBe(3 / 255f);
        Value(ClassificationPreprocessing.Ultralytics with { Scaling = ValueScaling.Multiplied }).ShouldBe(3 * (1 / 255f));
        (3 / 255f).ShouldNotBe(3 * (1 / 255f));
        Value(ClassificationPreprocessing.OpenCvBlob(0.017f, ChannelValues.All(103.94f))).ShouldBe((3 - 103.94f) * 0.017f);
    }

    private static byte[] Shrunk(ImageResizer resizer, ResizeFilter filter) => [.. Resized.Bytes(
        new ClassificationPreprocessing { Resizer = resizer, Filter = filter }, new(Four, 4, 4, PixelFormat.Gray),
        CropGeometry.Stretched(2, 2)).Where((_, i) => i % 3 == 0)];
}
