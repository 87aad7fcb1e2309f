using System.Runtime.InteropServices;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>
/// Small graphs of each exporter's contract. Boxes, classes and masks are constants; scores are constants times the brightness
/// of the image, and where the exporter's number of instances depends on the data, so does it here: those above 0.05 come out.
/// </summary>
internal sealed class SyntheticMaskRcnn(MaskRcnnForm form)
{
    private readonly List<(float[] Box, long Class, float Score, float Mask)> _instances = [];
    private string? _names;
    private bool _hasOpenMasks;
    private object? _batch = 1L;
    private object? _height = "height";
    private object? _width = "width";

    /// <summary>Adds an instance whose mask has the same probability everywhere.</summary>
    public SyntheticMaskRcnn Add(float x1, float y1, float x2, float y2, long label, float score = .9f, float mask = 1)
    {
        _instances.Add(([x1, y1, x2, y2], label, score, mask));
        return this;
    }

    public SyntheticMaskRcnn Names(params string[] names)
    {
        _names = "[" + string.Join(", ", names.Select(name => $"'{name}'")) + "]";
        return this;
    }

    public SyntheticMaskRcnn Sized(object height, object width)
    {
        (_height, _width) = (height, width);
        return this;
    }

    /// <summary>Makes the mask size dynamic, so that the shape does not say that masks are windows.</summary>
    public SyntheticMaskRcnn OpenMasks()
    {
        _hasOpenMasks = true;
        return this;
    }

    public SyntheticMaskRcnn Batched(object batch)
    {
        _batch = batch;
        return this;
    }

    public UntypedMaskRcnn<Thing> Load() => new(UntypedModel.Load(Bytes()), form);

    public byte[] Bytes()
    {
        var isSingle = form is not (MaskRcnnForm.NvidiaSample or MaskRcnnForm.FixedSlots);
        var model = new OnnxModelBuilder().Input(
            "image", ElementType.Float, isSingle ? [3L, _height, _width] : [_batch, 3L, _height, _width]);
        if (_names is not null) model.Metadata("names", _names);
        var count = _instances.Count;
        model.Graph(graph => graph
            .Initializer(OnnxTensor.Floats("all_boxes", [count, 4], [.. _instances.SelectMany(one => one.Box)]))
            .Initializer(OnnxTensor.Int64s("all_labels", [count], [.. _instances.Select(one => one.Class)]))
            .Initializer(OnnxTensor.Floats("strengths", [count], [.. _instances.Select(one => one.Score)]))
            .Initializer(OnnxTensor.Floats(
                "windows", [count, 1, 28, 28], [.. _instances.SelectMany(one => Enumerable.Repeat(one.Mask, 28 * 28))]))
            .Initializer(OnnxTensor.Floats("chances", [count, 1, 1, 1], [.. _instances.Select(one => one.Mask)]))
            .Initializer(OnnxTensor.Floats("least", [], .05f))
            .Initializer(OnnxTensor.Floats("unit", [], form == MaskRcnnForm.Torchvision ? 1 : 1 / 255f))
            .Initializer(OnnxTensor.Int64s("one", [1], 1)));
        if (form == MaskRcnnForm.NvidiaSample) AddNvidia(model, count);
        else if (form == MaskRcnnForm.FixedSlots) AddSlots(model, count);
        else AddList(model);
        return model.ToBytes();
    }

    /// <summary>Instances above 0.05. Their number is known only after a run.</summary>
    private void AddList(OnnxModelBuilder model)
    {
        // The mean is subtracted from the zoo's input, so its brightness cannot set the scores. They are constants.
        if (form == MaskRcnnForm.OnnxZoo) model.Node("Identity", ["strengths"], ["all_scores"]);
        else
        {
            model.Node("ReduceMean", ["image"], ["mean"], OnnxAttribute.Int("keepdims", 0))
                .Node("Mul", ["mean", "unit"], ["bright"]).Node("Mul", ["strengths", "bright"], ["all_scores"]);
        }

        model.Node("Greater", ["all_scores", "least"], ["strong"]).Node("NonZero", ["strong"], ["at"])
            .Graph(graph => graph.Initializer(OnnxTensor.Int64s("flat", [1], -1))).Node("Reshape", ["at", "flat"], ["kept"])
            .Node("Gather", ["all_boxes", "kept"], ["boxes"]).Node("Gather", ["all_labels", "kept"], ["labels"])
            .Node("Gather", ["all_scores", "kept"], ["scores"]);
        if (form == MaskRcnnForm.Torchvision)
        {
            model.Node("ReduceMean", ["image"], ["grey"], OnnxAttribute.Ints("axes", 0))
                .Node("Mul", ["chances", "grey"], ["all_masks"]).Node("Gather", ["all_masks", "kept"], ["masks"]);
        }
        else
        {
            model.Node("Gather", ["windows", "kept"], ["masks"]);
        }

        object?[] masks = form == MaskRcnnForm.Torchvision || _hasOpenMasks ? ["n", 1L, null, null] : ["n", 1L, 28L, 28L];
        model.Output("boxes", ElementType.Float, "n", 4L).Output("labels", ElementType.Int64, "n");
        if (form != MaskRcnnForm.Detectron2)
        {
            model.Output("scores", ElementType.Float, "n").Output("masks", ElementType.Float, masks);
            return;
        }

        model.Output("masks", ElementType.Float, masks).Output("scores", ElementType.Float, "n")
            .Node("Shape", ["image"], ["shape"]).Node("Slice", ["shape", "one", "three"], ["size"])
            .Graph(graph => graph.Initializer(OnnxTensor.Int64s("three", [1], 3))).Output("size", ElementType.Int64, 2L);
    }

    private static void AddSlots(OnnxModelBuilder model, int count) => model
        .Graph(graph => graph.Initializer(OnnxTensor.Int64s("all_count", [1], count - 1)))
        .Node("Identity", ["all_boxes"], ["boxes"]).Node("Identity", ["all_labels"], ["labels"])
        .Node("Identity", ["strengths"], ["scores"]).Node("Identity", ["windows"], ["masks"])
        .Node("Identity", ["all_count"], ["count"])
        .Output("boxes", ElementType.Float, (long)count, 4L).Output("labels", ElementType.Int64, (long)count)
        .Output("scores", ElementType.Float, (long)count).Output("masks", ElementType.Float, (long)count, 1L, 28L, 28L)
        .Output("count", ElementType.Int64, 1L);

    /// <summary>The same boxes for each image, with scores of its own.</summary>
    private void AddNvidia(OnnxModelBuilder model, int count)
    {
        long[] slots = [count];
        model.Node("ReduceMean", ["image"], ["mean"], OnnxAttribute.Ints("axes", 1, 2, 3), OnnxAttribute.Int("keepdims", 0))
            .Node("Mul", ["mean", "unit"], ["bright"])
            .Graph(graph => graph.Initializer(OnnxTensor.Int64s("column", [2], -1, 1))
                .Initializer(OnnxTensor.Int64s("window_shape", [4], 1, count, 28, 28))
                .Initializer(OnnxTensor.Raw("few", ElementType.Int32, [1], MemoryMarshal.AsBytes<int>([count]).ToArray()))
                .Initializer(OnnxTensor.Floats("zero", [], 0)))
            .Node("Reshape", ["bright", "column"], ["each"]).Node("Mul", ["each", "strengths"], ["scores"])
            // Zeros with the batch dimension. Every constant is added to them.
            .Node("Mul", ["each", "zero"], ["nothing"])
            .Node("Cast", ["nothing"], ["nothing_whole"], OnnxAttribute.Int("to", (long)ElementType.Int32))
            .Node("Cast", ["all_labels"], ["labels_whole"], OnnxAttribute.Int("to", (long)ElementType.Int32))
            .Node("Add", ["nothing_whole", "few"], ["num"]).Node("Add", ["nothing_whole", "labels_whole"], ["classes"])
            .Node("Reshape", ["nothing", "cube"], ["nothing3"]).Node("Add", ["nothing3", "all_boxes"], ["boxes"])
            .Node("Reshape", ["nothing", "cube4"], ["nothing4"]).Node("Reshape", ["windows", "window_shape"], ["windows4"])
            .Node("Add", ["nothing4", "windows4"], ["masks"])
            .Graph(graph => graph.Initializer(OnnxTensor.Int64s("cube", [3], -1, 1, 1))
                .Initializer(OnnxTensor.Int64s("cube4", [4], -1, 1, 1, 1)))
            .Output("num", ElementType.Int32, _batch, 1L).Output("boxes", ElementType.Float, _batch, slots[0], 4L)
            .Output("scores", ElementType.Float, _batch, slots[0]).Output("classes", ElementType.Int32, _batch, slots[0])
            .Output("masks", ElementType.Float, _batch, slots[0], 28L, 28L);
    }
}
