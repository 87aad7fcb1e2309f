using TrtBindings.TestSupport;
using TrtBindings.Vision;
using TrtBindings.Vision.Tests.Support;
using TrtBindings.Vision.Tests.YoloSeg;

namespace TrtBindings.Benchmarks;

/// <summary>YOLO-seg results against the reference, and batches against single images.</summary>
internal static class YoloRows
{
    // The reference file's own tolerance for this quantised model.
    private const double BoxTolerance = 3;
    private const double ScoreTolerance = 0.03;

    public static IEnumerable<Row> Measure()
    {
        return Bus("prepared PNG", ReferenceModel.Prepared, ReferenceModel.FromPrepared)
            .Concat(Bus("JPEG", ReferenceModel.Photograph, ReferenceModel.FromPhotograph))
            .Concat(Batch())
            .Append(EqualHeads());
    }

    private static IEnumerable<Row> Bus(string source, string picture, Func<InstanceDifference> measure)
    {
        var what = $"yolov8n-seg-uint8 on the bus, from the {source}";
        var reason = TestPaths.FindShared(ReferenceModel.Model) is null || TestPaths.FindShared(picture) is null
            ? "../shared is not there" : null;
        if (reason is not null)
        {
            yield return Row.NotRun(what, reason);
            yield break;
        }

        var difference = measure();
        yield return Row.Is($"{what}: same instances", difference.SameInstances);
        yield return Row.AtMost("  largest difference of a box edge", BoxTolerance, difference.Box, "px");
        yield return Row.AtMost("  largest difference of a score", ScoreTolerance, difference.Score);
        yield return Row.Above("  least IoU of an image-space mask", 0.95, difference.MaskOverlap);
    }

    private static IEnumerable<Row> Batch()
    {
        var differences = BatchOfFour.TogetherAgainstAlone();
        yield return Row.Is(
            "desk-seg, batch of 4 against each alone: same instances", differences.All(one => one.SameInstances));
        yield return Row.AtMost("  largest difference of a box edge", 0.01, differences.Max(one => one.Box), "px");
        yield return Row.AtLeast("  least IoU of a mask", 0.999, differences.Min(one => one.MaskOverlap));
    }

    /// <summary>Compares one pipeline that decodes four heads in turn with a new pipeline for each.</summary>
    private static Row EqualHeads()
    {
        var heads = Enumerable.Range(0, 4).Select(seed => new SyntheticHead(seed)).ToArray();
        var shared = new YoloSegPipeline(new(), SyntheticHead.InputSide, SyntheticHead.InputSide);
        var equal = heads.Count(head => AreSame(Postprocess(shared, head), Postprocess(
            new(new(), SyntheticHead.InputSide, SyntheticHead.InputSide), head)));
        return Row.All("4 heads handled in turn: bit-identical to each alone", equal, heads.Length);
    }

    private static List<InstanceDetection<ConsoleColor>> Postprocess(YoloSegPipeline pipeline, SyntheticHead head)
    {
        var geometry = LetterboxGeometry.Fit(
            SyntheticHead.FrameWidth, SyntheticHead.FrameHeight, SyntheticHead.InputSide, SyntheticHead.InputSide);
        var found = new List<InstanceDetection<ConsoleColor>>();
        pipeline.Read(head.View, geometry, new(new("synthetic.onnx", default, default)), found, null);
        return found;
    }

    private static bool AreSame(List<InstanceDetection<ConsoleColor>> left, List<InstanceDetection<ConsoleColor>> right)
    {
        try
        {
            Same.Instances(left, right);
            return left.Count == SyntheticHead.Objects;
        }
        catch (ShouldAssertException)
        {
            return false;
        }
    }
}
