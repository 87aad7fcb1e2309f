using InstanceSegmentation;
using TrtBindings.Vision;

// ../QuickStart does the same in twenty lines, without options and times.
return CommandLine.Run(args, options =>
{
    using var photo = ImageFile.Read(options.Image);
    ImageMemory[] batch = [.. Enumerable.Repeat(photo.AsImage(), options.Batch)];
    var stages = new StageTimes();

    // The build makes DeskSeg from samples/models/desk-seg.onnx; Load finds the file beside the program.
    using var model = stages.Time("load", () => DeskSeg.Load());
    Report.Backend(model);

    // A model whose outputs are not YOLO-seg shaped does not compile here.
    using var engine = YoloSegEngine.Create(model, new() { Confidence = options.Confidence, MaxBatch = options.Batch });
    var found = stages.Time("first run", () => engine.Detect(batch));
    stages.TimeDetections(engine, batch);

    Report.Instances(options.Image, photo.Width, photo.Height, found);
    Report.Times(stages, options.Batch);

    using var drawing = Overlay.Draw(photo, found[0]);
    ImageFile.Write(options.Output, drawing);
    Console.WriteLine($"Wrote {Path.GetFullPath(options.Output)}");
});
