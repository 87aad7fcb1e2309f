using System.Text;
using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>
/// Networks of ../shared with outputs such as a Mask R-CNN has: fixed slots, and a number of rows that
/// only a run tells.
/// </summary>
public sealed class SharedModelTests
{
    [SkippableFact]
    public void A_network_in_fixed_slots_gives_its_slots()
    {
        using var model = new UntypedMaskRcnn<Thing>(
            UntypedModel.Load(Shared.Require("tensorrt/models/mask_fixed_slots.onnx")), MaskRcnnForm.FixedSlots);
        using var engine = MaskRcnnEngine.For(model, new() { Confidence = 0 });
        (engine.InputWidth, engine.InputHeight, engine.MaxBatch).ShouldBe((320, 320, 1));
        var photo = BlobPhotos.Make(4, 500, 400);
        var found = engine.Detect(photo.View);
        using var inputs = ((IRunnableModel)model).CreateInputs();
        using var outputs = ((IRunnableModel)model).CreateOutputs();
        new MaskRcnnPreprocessor(MaskRcnnForm.FixedSlots)
            .Run(photo.View, new(320, 320, 320, 256), ((InputTensor<float>)inputs.Tensors[0]).Span);
        model.Run(inputs, outputs);
        var boxes = ((OutputTensor<float>)outputs.Tensors[0]).Span.ToArray();
        var labels = ((OutputTensor<long>)outputs.Tensors[1]).Span.ToArray();
        var count = (int)((OutputTensor<long>)outputs.Tensors[4]).Span[0];
        found.Count.ShouldBe(count);
        count.ShouldBeGreaterThan(0);
        for (var i = 0; i < count; i++)
        {
            found[i].ClassIndex.ShouldBe((int)labels[i]);
            found[i].Box.X1.ShouldBe(Math.Clamp(boxes[4 * i] * 500 / 320, 0, 500), 1e-3f);
            found[i].Box.Y2.ShouldBe(Math.Clamp(boxes[(4 * i) + 3] * 400 / 256, 0, 400), 1e-3f);
            (found[i].Mask!.FrameWidth, found[i].Mask!.FrameHeight).ShouldBe((500, 400));
        }
    }

    [SkippableFact]
    public void Rows_that_only_a_run_counts_are_the_references()
    {
        using var model = UntypedModel.Load(Shared.Require("realmodels/detect-dds/nms-yolov8.onnx"));
        var (values, rows, columns) = ReadHalves(Shared.Require("realmodels/detect-dds/nms_chain_output0.npy"));
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Shared.Require("realmodels/detect-dds/nms-yolov8.ref.json")));
        using var inputs = model.CreateInputs(rows, columns);
        using var outputs = model.CreateOutputsOfSize(1);
        values.CopyTo(inputs.Get<float>(0).Span);
        foreach (var result in reference.RootElement.GetProperty("results").EnumerateArray())
        {
            var settings = result.GetProperty("config").EnumerateArray().Select(value => value.GetSingle()).ToArray();
            settings.CopyTo(inputs.Get<float>(1).Span);
            model.Run(inputs, outputs);
            var selected = outputs.Get<float>(0);
            selected.Lengths.ToArray().Select(length => (int)length)
                .ShouldBe(result.GetProperty("selectedDims").EnumerateArray().Select(length => length.GetInt32()));
            var expected = result.GetProperty("rows").EnumerateArray().ToArray();
            for (var i = 0; i < expected.Length; i++)
            {
                var row = selected.Span.Slice(i * rows, rows).ToArray();
                var scores = row.AsSpan(4, 80);
                var best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(scores);
                float[] found = [best, scores[best], .. row[..4]];
                found.ShouldBe(expected[i].EnumerateArray().Select(value => value.GetSingle()), 1e-5);
            }
        }
    }

    /// <summary>An array of half floats [1, rows, columns] in NumPy's format, widened.</summary>
    private static (float[] Values, int Rows, int Columns) ReadHalves(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = 10 + BitConverter.ToUInt16(bytes, 8);
        var header = Encoding.ASCII.GetString(bytes, 10, start - 10);
        header.ShouldContain("'<f2'");
        var shape = header[(header.IndexOf('(') + 1)..header.IndexOf(')')].Split(',', StringSplitOptions.RemoveEmptyEntries);
        var values = new float[(bytes.Length - start) / 2];
        for (var i = 0; i < values.Length; i++) values[i] = (float)BitConverter.ToHalf(bytes, start + (2 * i));
        return (values, int.Parse(shape[1]), int.Parse(shape[2]));
    }
}
