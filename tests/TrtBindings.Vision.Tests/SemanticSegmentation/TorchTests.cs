using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.SemanticSegmentation;

/// <summary>The shipped segmenter against PyTorch's results.</summary>
public sealed class TorchTests(ITestOutputHelper output)
{
    [Fact]
    public void The_engine_makes_of_the_same_logits_the_class_map_that_torch_makes()
    {
        foreach (var reference in TorchReference.ReadAll())
        {
            using var model = Giving(reference);
            using var engine = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.UnitRange);
            var map = engine.Segment(SampleModels.Read(reference.Picture).View);
            (map.Width, map.Height).ShouldBe((reference.Width, reference.Height));
            var expected = reference.ReadClasses();
            expected.Distinct().Count().ShouldBeGreaterThan(2);
            var equal = map.Values.ToArray().Zip(expected).Count(pair => pair.First == pair.Second);
            output.WriteLine($"{reference.Picture}: {equal} of {expected.Length} pixels equal");
            (equal / (double)expected.Length).ShouldBeGreaterThanOrEqualTo(0.999);
        }
    }

    [Fact]
    public void The_shipped_file_gives_the_logits_that_torch_gives()
    {
        using var model = UntypedModel.Load(
            Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-semantic", "desk-semantic.onnx"));
        foreach (var reference in TorchReference.ReadAll())
        {
            using var inputs = model.CreateInputs(1, reference.Shape[2], reference.Shape[3]);
            using var outputs = model.CreateOutputs(1, reference.Shape[2], reference.Shape[3]);
            Quarter(SampleModels.Read(reference.Picture), inputs.Get<float>(0).Span);
            model.Run(inputs, outputs);
            var (found, expected) = (outputs.Get<float>(0).Span.ToArray(), reference.ReadLogits());
            found.Length.ShouldBe(expected.Length);
            var worst = found.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second));
            output.WriteLine($"{reference.Picture}: largest difference {worst:0.0e0}");
            worst.ShouldBeLessThan(1e-3f);
        }
    }

    /// <summary>
    /// torch's interpolate to a quarter without antialiasing: halfway between the second and third of four pixels.
    /// </summary>
    private static void Quarter(ImageMemory image, Span<float> input)
    {
        var (width, height) = (image.Width / 4, image.Height / 4);
        for (var i = 0; i < input.Length; i++)
        {
            var (x, y, channel) = (i % width, i / width % height, i / (width * height));
            var at = (((4 * y) + 1) * image.Stride) + (((4 * x) + 1) * 3) + channel;
            var pixels = image.Pixels;
            input[i] = (pixels[at] + pixels[at + 3] + pixels[at + image.Stride] + pixels[at + image.Stride + 3]) / 1020f;
        }
    }

    /// <summary>A segmenter that gives a reference's logits for every picture.</summary>
    private static UntypedSegmenter<DeskClass> Giving(TorchReference reference) => new(UntypedModel.Load(
        new OnnxModelBuilder()
            .Input("images", ElementType.Float, 1L, 3L, 32L, 32L)
            .Graph(g => g.Initializer(OnnxTensor.Floats("logits", reference.Shape, reference.ReadLogits()))
                .Initializer(OnnxTensor.Floats("zero", [1], 0)))
            .Node("ReduceMean", ["images"], ["mean"])
            .Node("Mul", ["mean", "zero"], ["nothing"])
            .Node("Add", ["logits", "nothing"], ["out"])
            .Output("out", ElementType.Float, [.. reference.Shape.Select(length => (object?)length)])
            .Metadata("names", "['background', 'mug', 'bottle', 'apple', 'banana', 'die', 'coin']")
            .ToBytes()));
}
