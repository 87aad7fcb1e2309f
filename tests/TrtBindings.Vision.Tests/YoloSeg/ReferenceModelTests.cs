using System.Text.Json;
using TrtBindings.Samples;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Pictures;
using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.YoloSeg;

/// <summary>A YOLOv8n-seg that somebody else made, against what another implementation found with it.</summary>
public sealed class ReferenceModelTests(ITestOutputHelper output)
{
    // Dynamically quantised: the file's own tolerance for kernels with and without VNNI.
    private const float ScoreTolerance = 0.03f;
    private const float BoxTolerance = 3;

    [SkippableFact]
    public void The_bus_picture_gives_the_reference_instances_from_the_prepared_input()
    {
        using var model = UntypedModel.Load(SharedPictures.Path("yolo/yolov8n-seg-uint8.onnx"));
        var prepared = PictureFile.Read(SharedPictures.Path("yolo/letterboxed/bus_810x1080_q487k_640.png"));
        var pipeline = new YoloSegPipeline(new(), 640, 640);
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        pipeline.Preprocess(View(prepared), inputs.Get<float>(0).Span)
            .ShouldBe(LetterboxGeometry.Fit(640, 640, 640, 640));
        model.Run(inputs, outputs);

        // The input was made from the photograph, and that is where boxes and masks go back to.
        var head = new YoloSegHead(
            YoloSegForm.Dense, outputs.Get<float>(0).Span, 116, 8400, outputs.Get<float>(1).Span, 32, 160, 160);
        var found = pipeline.Postprocess(head, LetterboxGeometry.Fit(810, 1080, 640, 640)).ToArray();
        Compare([.. found.Select(one => (one.ClassIndex, one.Score, one.Box, one.Mask!))]);
    }

    [SkippableFact]
    public void The_bus_picture_gives_the_reference_instances_from_the_photograph()
    {
        Skip.IfNot(PictureFile.CanReadJpeg, "The system has no libjpeg-turbo.");
        using var model = UntypedYoloSeg<ConsoleColor>.Load(SharedPictures.Path("yolo/yolov8n-seg-uint8.onnx"));
        var photo = PictureFile.Read(SharedPictures.Path("images/bus_810x1080_q487k.jpg"));
        using var engine = YoloSegEngine.For(model);
        engine.MaxBatch.ShouldBe(1);
        var found = engine.Detect(View(photo));
        Compare([.. found.Select(one => (one.ClassIndex, one.Score, one.Box, one.Mask!))]);
    }

    private void Compare((int ClassIndex, float Score, Box Box, Mask Mask)[] found)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(SharedPictures.Path("yolo/yolov8n-seg-uint8.ref.json")));
        var expected = file.RootElement.GetProperty("results")[0].GetProperty("detections").EnumerateArray().ToArray();
        found.Length.ShouldBe(expected.Length);
        var left = found.ToList();
        foreach (var wanted in expected)
        {
            var edges = wanted.GetProperty("boxImageXyxy").EnumerateArray().Select(edge => edge.GetSingle()).ToArray();
            var box = new Box(edges[0], edges[1], edges[2], edges[3]);
            // Scores may change places within their tolerance, so instances are paired by their boxes.
            var one = left.MaxBy(candidate => candidate.Box.IntersectionOverUnion(box));
            left.Remove(one);
            var runs = wanted.GetProperty("maskImage").GetProperty("rle").EnumerateArray();
            var overlap = RunLengths.Overlap(one.Mask, [.. runs.Select(run => run.GetInt32())]);
            var score = wanted.GetProperty("score").GetSingle();
            output.WriteLine($"class {one.ClassIndex} score {one.Score:0.0000} ({score:0.0000}) "
                + $"{one.Box} ({box}) mask {overlap:0.00000}");

            one.ClassIndex.ShouldBe(wanted.GetProperty("class").GetInt32());
            one.Score.ShouldBe(score, ScoreTolerance);
            float[] ours = [one.Box.X1, one.Box.Y1, one.Box.X2, one.Box.Y2];
            for (var i = 0; i < 4; i++) ours[i].ShouldBe(edges[i], BoxTolerance);
            overlap.ShouldBeGreaterThan(0.95);
        }
    }

    private static ImageView View(Picture picture) => new(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);
}
