using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Yolo;

/// <summary>
/// A suppression graph that others made, in ../shared, whose output's size depends on its data; and the same suppression by
/// our decoder.
/// </summary>
public sealed class NmsReferenceTests
{
    private const string Folder = "realmodels/detect-dds/";
    private const int Rows = 116;
    private const int Anchors = 8400;

    [SkippableFact]
    public void The_graph_gives_the_reference_rows_however_many_they_are()
    {
        using var model = UntypedModel.Load(Shared.Require(Folder + "nms-yolov8.onnx"));
        var detection = Detection();
        foreach (var (config, expected) in References())
        {
            using var inputs = model.CreateInputs(
                [.. model.Signature.InputDimensions.Select(dimension => dimension.Axis == 1 ? (long)Rows : Anchors)]);
            using var outputs = model.CreateOutputs(new long[model.Signature.OutputDimensions.Count]);
            detection.CopyTo(inputs.Get<float>(0).Span);
            config.CopyTo(inputs.Get<float>(1).Span);
            model.Run(inputs, outputs);
            var selected = outputs.Get<float>(0);
            selected.Lengths.ToArray().ShouldBe([1, expected.Length, Rows]);
            for (var i = 0; i < expected.Length; i++)
            {
                var row = selected.Span.Slice(i * Rows, Rows);
                var scores = row.Slice(4, 80).ToArray();
                ((float)Array.IndexOf(scores, scores.Max())).ShouldBe(expected[i][0]);
                scores.Max().ShouldBe(expected[i][1]);
                row[..4].ToArray().ShouldBe(expected[i][2..]);
            }
        }
    }

    [SkippableFact]
    public void Our_decoder_keeps_the_same_rows()
    {
        var detection = Detection();
        // The decoder ignores the columns behind the classes, which are mask coefficients here.
        var output = new YoloOutput(detection, Rows, Anchors, 80);
        foreach (var (config, expected) in References())
        {
            ulong[] keys = [];
            var count = DenseDecoder.Decode(output, config[3], false, ref keys);
            // The graph keeps at most that many boxes of each class.
            var kept = new Candidate[100];
            count = NonMaximumSuppression.Run(output, keys.AsSpan(0, count), config[2], false, kept);
            var found = kept.Take(count).GroupBy(one => one.ClassIndex).SelectMany(group => group.Take((int)config[1]))
                .OrderByDescending(one => one.Score).ToArray();
            // With a limit of one box for each class, the reference has only the first class.
            if (config[1] == 1) found = [.. found.Take(1)];
            found.Length.ShouldBe(expected.Length);
            for (var i = 0; i < found.Length; i++)
            {
                float[] row = [found[i].ClassIndex, found[i].Score];
                row.ShouldBe(expected[i][..2]);
                var box = Box.FromCentre(expected[i][2], expected[i][3], expected[i][4], expected[i][5]);
                found[i].Box.ShouldBe(box);
            }
        }
    }

    private static (float[] Config, float[][] Rows)[] References()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Shared.Require(Folder + "nms-yolov8.ref.json")));
        return [.. file.RootElement.GetProperty("results").EnumerateArray().Select(result => (
            Numbers(result.GetProperty("config")),
            result.GetProperty("rows").EnumerateArray().Select(Numbers).ToArray()))];
    }

    private static float[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetSingle())];

    /// <summary>A .npy file of half precision: a magic number, a version, the header's length, the header, the numbers.</summary>
    private static float[] Detection()
    {
        var bytes = File.ReadAllBytes(Shared.Require(Folder + "nms_chain_output0.npy"));
        var start = 10 + BitConverter.ToUInt16(bytes, 8);
        Encoding.ASCII.GetString(bytes, 10, start - 10).ShouldContain("'<f2'");
        var halves = MemoryMarshal.Cast<byte, Half>(bytes.AsSpan(start));
        halves.Length.ShouldBe(Rows * Anchors);
        var values = new float[halves.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (float)halves[i];
        return values;
    }
}
