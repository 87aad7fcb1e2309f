using TrtBindings.Vision.Tests.Support;
using static TrtBindings.Vision.Tests.Support.SyntheticYoloSeg;

namespace TrtBindings.Vision.Tests.YoloSeg;

public sealed class LayoutTests
{
    private static readonly TensorDescription Images = Tensor("images", 1, 3, 64, 64);
    private static readonly TensorDescription Prototypes = Tensor("output1", 1, 4, 16, 16);
    private static readonly TensorDescription Predictions = Tensor("output0", 1, 13, 84);

    [Fact]
    public void A_fixed_size_is_the_models() =>
        Sizes(Declaring(YoloForm.Dense, Images, Predictions, Prototypes)).ShouldBe((64, 64, 1));

    [Theory]
    [InlineData(null, 640, 640)]
    [InlineData("[384, 672]", 672, 384)]
    [InlineData("384", 640, 640)]
    [InlineData("[0, 672]", 640, 640)]
    public void An_open_size_is_what_the_metadata_says_or_640(string? imgsz, int width, int height) =>
        Sizes(Dynamic(imgsz), new() { MaxBatch = 3 }).ShouldBe((width, height, 3));

    [Fact]
    public void An_open_size_can_be_chosen() =>
        Sizes(Dynamic("[384, 672]"), new() { InputWidth = 320, InputHeight = 256 }).ShouldBe((320, 256, 1));

    [Fact]
    public void A_fixed_size_cannot_be_chosen() =>
        Refusal(Declaring(YoloForm.Dense, Images, Predictions, Prototypes), new() { InputWidth = 320 })
            .ShouldContain("'synthetic.onnx' takes 64 x 64 (width x height), not 320 x 64.");

    [Fact]
    public void A_fixed_batch_cannot_be_exceeded() =>
        Refusal(Declaring(YoloForm.Dense, Images, Predictions, Prototypes), new() { MaxBatch = 2 })
            .ShouldContain("MaxBatch is 2");

    [Fact]
    public void Four_channels_are_refused() =>
        Refusal(Declaring(YoloForm.Dense, Tensor("images", 1, 4, 64, 64), Predictions, Prototypes))
            .ShouldContain("3 channels");

    [Fact]
    public void Another_rank_is_refused() =>
        Refusal(Declaring(YoloForm.Dense, Images, Tensor("output0", 1, 13, 84, 1), Prototypes))
            .ShouldContain("output0: float [1, 13, 84, 1]");

    [Fact]
    public void Another_element_type_is_refused() =>
        Refusal(Declaring(YoloForm.Dense, Images with { ElementType = ElementType.Double }, Predictions, Prototypes))
            .ShouldContain("must be float [batch, 3, height, width]");

    [Fact]
    public void Rows_for_another_number_of_classes_are_refused() =>
        Refusal(Declaring(YoloForm.Dense, Images, Tensor("output0", 1, 88, 84), Prototypes))
            .ShouldContain("80 classes, but the model has 5 labels");

    [Fact]
    public void Too_few_rows_for_the_coefficients_are_refused() =>
        Refusal(Declaring(YoloForm.Dense, Images, Tensor("output0", 1, 8, 84), Prototypes))
            .ShouldContain("4 + classes + 4 rows");

    [Fact]
    public void End_to_end_rows_of_another_length_are_refused() =>
        Refusal(Declaring(YoloForm.EndToEnd, Images, Tensor("output0", 1, 300, 38), Prototypes))
            .ShouldContain("rows of 6 + 4 numbers");

    [Theory]
    [InlineData(-0.1f, 0.7f, 300, 1, nameof(YoloSegOptions.Confidence))]
    [InlineData(float.NaN, 0.7f, 300, 1, nameof(YoloSegOptions.Confidence))]
    [InlineData(0.25f, 1.1f, 300, 1, nameof(YoloSegOptions.Iou))]
    [InlineData(0.25f, 0.7f, 0, 1, nameof(YoloSegOptions.MaxDetections))]
    [InlineData(0.25f, 0.7f, 300, 0, nameof(YoloSegOptions.MaxBatch))]
    public void An_option_outside_its_range_is_named(float confidence, float iou, int most, int batch, string option)
    {
        var options = new YoloSegOptions { Confidence = confidence, Iou = iou, MaxDetections = most, MaxBatch = batch };
        Should.Throw<ArgumentOutOfRangeException>(
            () => YoloSegEngine.Create(Declaring(YoloForm.Dense, Images, Predictions, Prototypes), options))
            .ParamName.ShouldBe(option);
    }

    private static SyntheticYoloSeg Dynamic(string? imgsz) => Declaring(
        YoloForm.Dense, Tensor("images", "batch", 3, "height", "width"), Tensor("output0", "batch", 13, "anchors"),
        Tensor("output1", "batch", 4, "mask_height", "mask_width"), imgsz);

    private static (int Width, int Height, int Batch) Sizes(SyntheticYoloSeg model, YoloSegOptions? options = null)
    {
        var layout = YoloLayout.Of(model, YoloRule.Seg, model.Form, null, options ?? new());
        return (layout.Input.Width, layout.Input.Height, layout.Input.MaxBatch);
    }

    private static string Refusal(SyntheticYoloSeg model, YoloSegOptions? options = null) =>
        Should.Throw<TensorException>(() => YoloSegEngine.Create(model, options)).Message;
}
