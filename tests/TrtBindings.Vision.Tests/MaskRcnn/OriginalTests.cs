using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>
/// Results of the original implementations for inputs made by formulas: torch 2.11 (<c>grid_sample</c>, as Detectron2 uses it,
/// and <c>interpolate</c>), torchvision 0.26 (<c>paste_masks_in_image</c>), Pillow 12.3 (<c>resize</c>).
/// </summary>
public sealed class OriginalTests
{
    private static readonly Box[] Boxes =
    [
        new(10, 12, 90, 77), new(3.3f, 5.7f, 44.9f, 60.2f), new(50.6f, -8.2f, 118.4f, 40.1f), new(0, 0, 120, 100),
        new(60.4f, 61.2f, 62.1f, 99.9f),
    ];

    [Theory]
    [InlineData(0, 2489, 1258506)]
    [InlineData(1, 1086, 546541)]
    [InlineData(2, 1318, 642625)]
    [InlineData(3, 5736, 2893563)]
    [InlineData(4, 44, 23642)]
    public void Detectron2s_masks(int box, int area, long weighted) => Check(box, area, weighted, isTorchvision: false);

    [Theory]
    [InlineData(0, 2553, 1286079)]
    [InlineData(1, 1150, 576522)]
    [InlineData(2, 1316, 644575)]
    [InlineData(3, 5718, 2917212)]
    [InlineData(4, 56, 31887)]
    public void Torchvisions_masks(int box, int area, long weighted) => Check(box, area, weighted, isTorchvision: true);

    [Fact]
    public void Torchs_resize_in_floats()
    {
        var input = new float[3 * 126 * 109];
        new MaskRcnnPreprocessor(MaskRcnnForm.FixedSlots).Run(
            FormulaPicture.Make(300, 260).View, new(126, 109, 126, 109), input);
        input.Sum(value => (double)value).ShouldBe(20592.59711054992, .01);
        float At(int c, int y, int x) => input[(((c * 109) + y) * 126) + x];
        At(0, 0, 0).ShouldBe(.06364411f, 1e-6f);
        At(0, 50, 60).ShouldBe(.47140363f, 1e-6f);
        At(1, 108, 125).ShouldBe(.57591319f, 1e-5f);
        At(2, 50, 125).ShouldBe(.82962912f, 1e-5f);
        At(2, 108, 125).ShouldBe(.68963867f, 1e-5f);
    }

    [Theory]
    [InlineData(923, 800, 283084918, 141201373878)]
    [InlineData(126, 109, 5265013, 2614432356)]
    public void Pillows_resize(int width, int height, long sum, long weighted)
    {
        var input = new float[3 * width * height];
        new MaskRcnnPreprocessor(MaskRcnnForm.Detectron2).Run(
            FormulaPicture.Make(300, 260).View, new(width, height, width, height), input);
        // Planes of blue, green, red back to pixels of red, green, blue.
        var plane = width * height;
        var pixels = Enumerable.Range(0, 3 * plane).Select(i => (int)input[((2 - (i % 3)) * plane) + (i / 3)]).ToArray();
        pixels.Sum(value => (long)value).ShouldBe(sum);
        FormulaPicture.Weighted(pixels).ShouldBe(weighted);
    }

    private static void Check(int box, int area, long weighted, bool isTorchvision)
    {
        var head = new MaskRcnnHead([1], []) { Count = 1, Masks = FormulaPicture.Window, MaskHeight = 28, MaskWidth = 28 };
        var mask = isTorchvision
            ? new MaskPaster().Resize(head, 0, Boxes[box], (120, 100), .5f, null)
            : new MaskPaster().Sample(head, 0, Boxes[box], (120, 100), .5f, null);
        mask.Area.ShouldBe(area);
        var frame = new byte[120 * 100];
        mask.CopyTo(frame);
        FormulaPicture.Weighted(frame.Select(value => (int)value)).ShouldBe(weighted);
    }
}
