using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>The shipped network, as one dynamic graph and in slots of three sizes, against torchvision's own results.</summary>
[Trait("Category", "Slow")]
public sealed class TorchvisionTests(ITestOutputHelper output)
{
    private static readonly TorchvisionReference Reference = TorchvisionReference.Read();

    [Fact]
    public void The_dynamic_export_gives_torchvisions_instances()
    {
        using var model = DeskMaskRcnn.Dynamic();
        using var engine = MaskRcnnEngine.Create(model, new() { Confidence = 0 });
        (engine.InputWidth, engine.InputHeight).ShouldBe((null, null));
        Reference.Pictures.Length.ShouldBe(12);
        Check(engine, Reference.Pictures, one => one.Dynamic);
    }

    [Theory]
    [InlineData("320x320", 320, 320)]
    [InlineData("480x640", 640, 480)]
    [InlineData("640x640", 640, 640)]
    public void Fixed_slots_give_torchvisions_instances(string size, int width, int height)
    {
        using var model = DeskMaskRcnn.Fixed(size);
        using var engine = MaskRcnnEngine.Create(model, new() { Confidence = 0 });
        (engine.InputWidth, engine.InputHeight).ShouldBe((width, height));
        Reference.Pictures.Length.ShouldBe(12);
        Check(engine, Reference.Pictures, one => one.Fixed[size].Instances);
    }

    [Theory]
    [InlineData("320x320", 640, 320, "takes 320 x 320 (width x height), not 640 x 320.")]
    [InlineData("480x640", 320, 320, "takes 640 x 480 (width x height), not 320 x 320.")]
    [InlineData("480x640", 480, 640, "takes 640 x 480 (width x height), not 480 x 640.")]
    [InlineData("480x640", 1344, 800, "takes 640 x 480 (width x height), not 1344 x 800.")]
    [InlineData("640x640", 640, 480, "takes 640 x 640 (width x height), not 640 x 480.")]
    public void Another_size_than_the_graphs_is_refused_with_both_named(string size, int width, int height, string both)
    {
        using var model = DeskMaskRcnn.Fixed(size);
        var message = Should.Throw<TensorException>(
            () => MaskRcnnEngine.Create(model, new() { InputWidth = width, InputHeight = height })).Message;
        message.ShouldContain(both);
    }

    [Fact]
    public void A_picture_of_another_size_than_the_one_chosen_for_the_dynamic_export_is_refused_with_both_named()
    {
        using var model = DeskMaskRcnn.Dynamic();
        using var engine = MaskRcnnEngine.Create(model, new() { InputWidth = 400, InputHeight = 300 });
        var image = SampleModels.Read("scene-00.png");
        var message = Should.Throw<TensorException>(() => engine.Detect(image.View)).Message;
        message.ShouldContain($"{image.Width} x {image.Height}");
        message.ShouldContain("400 x 300");
    }

    private void Check(
        MaskRcnnEngine<DeskClass> engine, TorchvisionReference.Entry[] pictures,
        Func<TorchvisionReference.Entry, TorchvisionReference.Instance[]> expectedOf)
    {
        var (instances, box, score, overlap) = (0, 0f, 0f, 1.0);
        foreach (var picture in pictures)
        {
            var found = engine.Detect(SampleModels.Read(picture.Picture).View).ToList();
            var expected = expectedOf(picture);
            found.Count.ShouldBe(expected.Length, picture.Picture);
            foreach (var one in expected)
            {
                // Scores that differ in the last digit may change places.
                var twin = found.Where(candidate => candidate.ClassIndex == one.Label)
                    .MinBy(candidate => Distance(candidate.Box, one.Box));
                found.Remove(twin).ShouldBeTrue($"{picture.Picture} has no other {(DeskClass)one.Label}");
                twin.Label.ShouldBe((DeskClass)one.Label);
                (instances, box) = (instances + 1, Math.Max(box, Distance(twin.Box, one.Box)));
                score = Math.Max(score, Math.Abs(twin.Score - one.Score));
                overlap = Math.Min(overlap, RunLengths.Overlap(twin.Mask!, one.Rle));
            }
        }

        output.WriteLine($"{instances} instances: boxes {box:0.0e0} px, scores {score:0.0e0}, masks IoU {overlap:0.0000}");
        instances.ShouldBeGreaterThan(50);
        box.ShouldBeLessThanOrEqualTo(0.05f);
        score.ShouldBeLessThanOrEqualTo(1e-3f);
        overlap.ShouldBeGreaterThanOrEqualTo(0.99);
    }

    private static float Distance(Box found, float[] expected) => new[]
    {
        found.X1 - expected[0], found.Y1 - expected[1], found.X2 - expected[2], found.Y2 - expected[3],
    }.Max(Math.Abs);
}
