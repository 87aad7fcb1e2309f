using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>How well the shipped model finds what is in its validation pictures, through the engine.</summary>
public sealed class SampleModelAccuracyTests(ITestOutputHelper output)
{
    private const double Bar = 0.85;

    [Fact]
    public void Boxes_and_masks_reach_an_AP50_of_85_percent()
    {
        var truth = Annotations.Read(SampleModels.Validation);
        truth.Classes.Length.ShouldBeGreaterThanOrEqualTo(3);
        using var model = SampleModels.Dense();
        using var engine = YoloSegEngine.For(model, new() { Confidence = 0.001f, MultiLabel = true });
        var found = new List<(int Image, YoloSegDetection<DeskLabel> Detection)>();
        for (var i = 0; i < truth.Images.Length; i++)
        {
            var image = SampleModels.Read(truth.Images[i].File);
            (image.Width, image.Height).ShouldBe((truth.Images[i].Width, truth.Images[i].Height));
            foreach (var detection in engine.Detect(image.View)) found.Add((i, detection));
        }

        var (boxes, masks) = (new List<double>(), new List<double>());
        for (var label = 0; label < truth.Classes.Length; label++)
        {
            var predictions = found.Where(one => one.Detection.ClassIndex == label).ToArray();
            var objects = truth.Images.Select(image => image.Objects.Where(one => one.Class == label).ToArray()).ToArray();
            boxes.Add(Of(predictions, objects, (detection, one) =>
                detection.Box.IntersectionOverUnion(new(one.Box[0], one.Box[1], one.Box[2], one.Box[3]))));
            masks.Add(Of(predictions, objects, (detection, one) => RunLengths.Overlap(detection.Mask!, one.Rle)));
            output.WriteLine($"{truth.Classes[label],-8} {objects.Sum(image => image.Length),3} objects  "
                + $"box AP50 {boxes[^1]:0.0000}  mask AP50 {masks[^1]:0.0000}");
        }

        output.WriteLine($"{"mean",-8} {"",11}  box AP50 {boxes.Average():0.0000}  mask AP50 {masks.Average():0.0000}");
        boxes.Average().ShouldBeGreaterThanOrEqualTo(Bar);
        masks.Average().ShouldBeGreaterThanOrEqualTo(Bar);
    }

    private static double Of(
        (int Image, YoloSegDetection<DeskLabel> Detection)[] predictions, AnnotatedObject[][] objects,
        Func<YoloSegDetection<DeskLabel>, AnnotatedObject, double> overlap) => AveragePrecision.Of(
            [.. predictions.Select(one => (one.Image, one.Detection.Score))],
            [.. objects.Select(image => image.Length)],
            (prediction, candidate) => overlap(
                predictions[prediction].Detection, objects[predictions[prediction].Image][candidate]));
}
