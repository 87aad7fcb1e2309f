using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Ultralytics;

/// <summary>Makes the engine that the rules say for an export, and runs it.</summary>
internal static class Finder
{
    /// <summary>Everything that the export finds in a picture.</summary>
    /// <param name="export">The export.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="isRectangular">Whether pictures are padded to the stride only.</param>
    /// <param name="masks">The pixels of masks.</param>
    public static Find[] Detect(Export export, ImageMemory picture, bool isRectangular, MaskSpace masks)
    {
        var (model, match) = (export.Model, export.Match!);
        var form = Enum.TryParse<YoloForm>(match.Form, out var found) ? found : default;
        var options = new YoloOptions { Rectangular = isRectangular };
        switch (match.Rule.Task)
        {
            case "YoloDetect":
                using (var engine = YoloDetectEngine.Create(new UntypedYoloDetect<ConsoleColor>(model, form), options))
                    return [.. engine.Detect(picture.View).Select(one => new Find(one.ClassIndex, one.Score, one.Box))];
            case "YoloObb":
                using (var engine = YoloObbEngine.Create(new UntypedYoloObb<ConsoleColor>(model, form), options))
                {
                    return
                    [
                        .. engine.Detect(picture.View).Select(one => new Find(one.ClassIndex, one.Score, one.Box.Enclosing)
                        {
                            Oriented = one.Box,
                        }),
                    ];
                }

            case "YoloPose":
                var pose = new UntypedYoloPose<ConsoleColor>(
                    model, form, match.Numbers.Single(one => one.Name == "KeyPointCount").Value,
                    match.Numbers.Single(one => one.Name == "KeyPointValues").Value);
                using (var engine = YoloPoseEngine.Create(pose, options))
                {
                    return
                    [
                        .. engine.Detect(picture.View).Select(one => new Find(one.ClassIndex, one.Score, one.Box)
                        {
                            Points = [.. one.KeyPoints.ToArray().Select(Numbers)],
                        }),
                    ];
                }

            case "YoloSeg":
                var segOptions = new YoloSegOptions { Rectangular = isRectangular, MaskSpace = masks };
                using (var engine = YoloSegEngine.Create(new UntypedYoloSeg<ConsoleColor>(model, form), segOptions))
                {
                    return
                    [
                        .. engine.Detect(picture.View)
                            .Select(one => new Find(one.ClassIndex, one.Score, one.Box) { Mask = one.Mask }),
                    ];
                }

            case "RtDetr":
                var detr = new UntypedRtDetr<ConsoleColor>(model, Enum.Parse<RtDetrForm>(match.Form));
                using (var engine = RtDetrEngine.Create(detr))
                    return [.. engine.Detect(picture.View).Select(one => new Find(one.ClassIndex, one.Score, one.Box))];
            default:
                throw new InvalidOperationException($"{match.Rule.Task} finds no objects.");
        }
    }

    private static float[] Numbers(DetectionKeyPoint point) =>
        point.Confidence is { } confidence ? [point.X, point.Y, confidence] : [point.X, point.Y];
}
