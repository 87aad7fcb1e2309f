using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

/// <summary>
/// A YOLOv8n-seg of other authors, with the results of another implementation. Both are in ../shared.
/// </summary>
internal static class ReferenceModel
{
    public const string Model = "realmodels/yolo/yolov8n-seg-uint8.onnx";
    public const string Prepared = "realmodels/yolo/letterboxed/bus_810x1080_q487k_640.png";
    public const string Photograph = "realmodels/images/bus_810x1080_q487k.jpg";
    private const string Reference = "realmodels/yolo/yolov8n-seg-uint8.ref.json";

    /// <summary>Boxes and masks are in pixels of the photograph that the input was made from.</summary>
    public static InstanceDifference FromPrepared()
    {
        using var model = UntypedModel.Load(Path(Model));
        var prepared = PhotoFile.Read(Path(Prepared));
        var pipeline = new YoloSegPipeline(new(), 640, 640);
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        pipeline.Load(prepared.View, inputs.Get<float>(0).Span)
            .ShouldBe(LetterboxGeometry.Fit(640, 640, 640, 640));
        model.Run(inputs, outputs);
        var head = new YoloSegHead(
            new(outputs.Get<float>(0).Span, 116, 8400, classes: 80), outputs.Get<float>(1).Span, 32, 160, 160);
        var found = new List<InstanceDetection<ConsoleColor>>();
        pipeline.Read(head, LetterboxGeometry.Fit(810, 1080, 640, 640), new(model.Signature), found, null);
        return Compare([.. found.Select(one => (one.ClassIndex, one.Score, one.Box, one.Mask!))]);
    }

    /// <summary>The photograph through the engine.</summary>
    public static InstanceDifference FromPhotograph()
    {
        using var model = UntypedYoloSeg<ConsoleColor>.Load(Path(Model));
        var photo = PhotoFile.Read(Path(Photograph));
        using var engine = YoloSegEngine.Create(model);
        var found = engine.Detect(photo.View);
        return Compare([.. found.Select(one => (one.ClassIndex, one.Score, one.Box, one.Mask!))]);
    }

    private static InstanceDifference Compare((int, float, Box, Mask)[] found)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path(Reference)));
        var expected = file.RootElement.GetProperty("results")[0].GetProperty("detections").EnumerateArray().ToArray();
        return InstanceDifference.Of(
            found, [.. expected.Select(InstanceOf)],
            (mask, index) => RunLengths.Overlap(mask, RunsOf(expected[index])));
    }

    private static (int, float, Box) InstanceOf(JsonElement detection)
    {
        var edges = detection.GetProperty("boxImageXyxy").EnumerateArray().Select(edge => edge.GetSingle()).ToArray();
        return (detection.GetProperty("class").GetInt32(), detection.GetProperty("score").GetSingle(),
            new(edges[0], edges[1], edges[2], edges[3]));
    }

    private static int[] RunsOf(JsonElement detection) =>
        [.. detection.GetProperty("maskImage").GetProperty("rle").EnumerateArray().Select(run => run.GetInt32())];

    private static string Path(string name) =>
        TestPaths.FindShared(name) ?? throw new FileNotFoundException($"../shared/{name} is not there.");
}
