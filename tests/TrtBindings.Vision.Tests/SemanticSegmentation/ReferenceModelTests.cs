using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.SemanticSegmentation;

/// <summary>A one-plane U-Net of other authors, in ../shared, with another runtime's outputs for the same input.</summary>
public sealed class ReferenceModelTests
{
    private const string Folder = "realmodels/semseg/";
    private const string Picture = Folder + "sedgen_input_file01_00050.png";

    [SkippableFact]
    public void The_pattern_gives_the_reference_numbers_at_every_batch()
    {
        using var model = Load();
        using var file = JsonDocument.Parse(File.ReadAllBytes(Shared.Require(Folder + "sedgen_unet.pattern.json")));
        foreach (var result in file.RootElement.GetProperty("results").EnumerateArray())
        {
            var batch = result.GetProperty("inputs").GetProperty("input")[0].GetInt32();
            var length = 224 * 224;
            var input = Enumerable.Range(0, batch * length)
                .Select(i => (float)((((ulong)i * 1103515245) + 12345) % 2147483648 / 2147483648.0)).ToArray();
            Check(Run(model, batch, input), result.GetProperty("outputs").GetProperty("output").GetProperty("samples"));
        }
    }

    [SkippableFact]
    public void The_picture_gives_the_reference_numbers_and_the_engine_their_class_map()
    {
        var picture = PhotoFile.Read(Shared.Require(Picture));
        using var model = Load();
        using var file = JsonDocument.Parse(File.ReadAllBytes(Shared.Require(Folder + "sedgen_unet.ref.json")));
        var input = new float[224 * 224];
        for (var i = 0; i < input.Length; i++)
        {
            var (red, green, blue) = (picture.Pixels[3 * i], picture.Pixels[(3 * i) + 1], picture.Pixels[(3 * i) + 2]);
            input[i] = (float)(((0.299 * red) + (0.587 * green) + (0.114 * blue)) / 255);
        }

        var values = Run(model, 1, input);
        Check(values, file.RootElement.GetProperty("results")[0].GetProperty("samples"));

        using var engine = SemanticSegmentationEngine.Create(
            model, SegmentationPreprocessing.UnitRange, new() { Threshold = 0.1f });
        var map = engine.Segment(picture.View);
        (map.Width, map.Height).ShouldBe((224, 224));
        var equal = Enumerable.Range(0, values.Length).Count(i => map.Values[i] == (values[i] > 0.1f ? 1 : 0));
        // The engine's brightness is rounded to 8 bits, as Pillow's is; the reference's is not.
        (equal / (double)values.Length).ShouldBeGreaterThanOrEqualTo(0.999);
        map.AreaOfIndex(1).ShouldBeInRange(100, 20_000);
    }

    private static float[] Run(UntypedSegmenter<ConsoleColor> model, int batch, float[] input)
    {
        var shape = ImageInput.Of(model, new SemanticSegmentationOptions { MaxBatch = batch });
        using var runner = new ImageRunner(model, shape);
        runner.Start(batch);
        runner.Resize((shape.Width, shape.Height));
        for (var i = 0; i < batch; i++) input.AsSpan(i * 224 * 224, 224 * 224).CopyTo(runner.ImageAt(i));
        runner.Run(0, default);
        runner.Outputs[0].Lengths.ToArray().ShouldBe([batch, 1, 224, 224]);
        return ((OutputTensor<float>)runner.Outputs[0]).Span.ToArray();
    }

    private static void Check(float[] values, JsonElement samples)
    {
        foreach (var sample in samples.EnumerateArray())
            ((double)values[sample[0].GetInt32()]).ShouldBe(sample[1].GetDouble(), 1e-4);
    }

    private static UntypedSegmenter<ConsoleColor> Load() =>
        new(UntypedModel.Load(Shared.Require(Folder + "sedgen_unet.onnx")));
}
