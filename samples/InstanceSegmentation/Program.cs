using InstanceSegmentation;
using TrtBindings.Samples;
using TrtBindings.Vision;

// ../QuickStart is the same in twenty lines, without options and times.
return CommandLine.Run(args, options =>
{
    var picture = PictureFile.Read(options.Image);
    var image = new Image(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);
    Image[] batch = [.. Enumerable.Repeat(image, options.Batch)];
    var stages = new StageTimes();

    // DeskSeg is made by the build from samples/models/desk-seg.onnx; Load finds the file beside the program.
    using var model = stages.Time("load", () => DeskSeg.Load());
    Report.Backend(model);

    // For takes only a model whose outputs are YOLO-seg shaped: any other is a compiler error.
    using var engine = YoloSegEngine.Create(model, new() { Confidence = options.Confidence, MaxBatch = options.Batch });
    var found = stages.Time("first run", () => engine.Detect(batch));
    stages.TimeDetections(engine, batch);

    Report.Instances(options.Image, picture, found);
    Report.Times(stages, options.Batch);

    var items = found[0].Select(one => OverlayItem.Of(one.Label, one.Score, one.Box, one.Mask));
    PictureFile.WritePng(options.Output, Overlay.Draw(picture, [.. items]));
    Console.WriteLine($"Wrote {Path.GetFullPath(options.Output)}");
});
