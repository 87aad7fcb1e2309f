using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.MaskRcnn;

/// <summary>Outputs of a made-up Mask R-CNN with a fixed number of slots.</summary>
internal sealed class MaskRcnnOutputs
{
    private const int Side = MaskRcnnComparison.Side;

    public required MaskRcnnForm Form { get; init; }

    public required int Batch { get; init; }

    public required int Slots { get; init; }

    public required float[] Boxes { get; init; }

    public required float[] Scores { get; init; }

    public required long[] Labels { get; init; }

    public required long[] Counts { get; init; }

    public required float[] Masks { get; init; }

    /// <summary>Side of a mask's window.</summary>
    public int Window => Form == MaskRcnnForm.Torchvision ? Side : 28;

    /// <summary>Random ones; falling scores, some of them equal; boxes also outside, empty and, if asked, not finite.</summary>
    public static MaskRcnnOutputs Make(Random random, MaskRcnnForm form, int batch, int slots, bool isOdd)
    {
        var window = form == MaskRcnnForm.Torchvision ? Side : 28;
        var span = form == MaskRcnnForm.NvidiaSample ? 1f : Side;
        var boxes = new float[batch * slots * 4];
        for (var at = 0; at < boxes.Length; at += 4)
        {
            var (x, y) = ((random.NextSingle() * 1.3f) - .2f, (random.NextSingle() * 1.3f) - .2f);
            var (width, height) = (random.NextSingle() * .6f, random.NextSingle() * (random.Next(8) == 0 ? 0 : .6f));
            float[] box = form == MaskRcnnForm.NvidiaSample
                ? [y, x, y + height, x + width] : [x, y, x + width, y + height];
            for (var i = 0; i < 4; i++) boxes[at + i] = box[i] * span;
            if (isOdd && random.Next(6) == 0) boxes[at + random.Next(4)] = random.Normal(1, 1, odd: 1)[0];
        }

        var scores = Enumerable.Range(0, batch * slots).Select(_ => random.Next(64) / 64f).ToArray();
        for (var item = 0; item < batch; item++) scores.AsSpan(item * slots, slots).Sort((a, b) => b.CompareTo(a));
        if (isOdd) scores[random.Next(scores.Length)] = float.NaN;
        var labels = Enumerable.Range(0, batch * slots).Select(_ => (long)random.Next(0, 3)).ToArray();
        // A class without a label.
        if (isOdd && random.Next(3) == 0) labels[random.Next(labels.Length)] = random.Next(2) == 0 ? 3 : long.MinValue;
        var masks = random.Normal(batch * slots * window * window, .4f, .125f, isOdd ? .01 : 0);
        return new()
        {
            Form = form,
            Batch = batch,
            Slots = slots,
            Boxes = boxes,
            Scores = scores,
            Labels = labels,
            Counts = [.. Enumerable.Range(0, batch).Select(_ => (long)random.Next(slots / 2, slots + 1))],
            Masks = masks,
        };
    }

    /// <summary>A model with these outputs and labels for classes 0 to 2.</summary>
    public ModelSignature Signature
    {
        get
        {
            var boxes = TensorDescription.Of("boxes", ElementType.Float, Slots, 4);
            var labels = TensorDescription.Of("labels", ElementType.Int64, Slots);
            var scores = TensorDescription.Of("scores", ElementType.Float, Slots);
            var masks = TensorDescription.Of("masks", ElementType.Float, Slots, 1, Window, Window);
            var image = TensorDescription.Of("image", ElementType.Float, 1, 3, Side, Side);
            string[] names = ["__background__", "cup", "plate"];
            return Form switch
            {
                MaskRcnnForm.FixedSlots => new("m.onnx", new([image]),
                    new([boxes, labels, scores, masks, TensorDescription.Of("count", ElementType.Int64, 1)]), new(names)),
                MaskRcnnForm.Detectron2 => new("m.onnx", new([image]),
                    new([boxes, labels, masks, scores, TensorDescription.Of("size", ElementType.Int64, 2)]), new(names)),
                MaskRcnnForm.NvidiaSample => new("m.onnx",
                    new([TensorDescription.Of("image", ElementType.Float, "n", 3, Side, Side)]), new([
                        TensorDescription.Of("count", ElementType.Int32, "n", 1),
                        TensorDescription.Of("boxes", ElementType.Float, "n", Slots, 4),
                        TensorDescription.Of("scores", ElementType.Float, "n", Slots),
                        TensorDescription.Of("labels", ElementType.Int32, "n", Slots),
                        TensorDescription.Of("masks", ElementType.Float, "n", Slots, Window, Window),
                    ]), new(names)),
                _ => new("m.onnx", new([image]), new([boxes, labels, scores, masks]), new(names)),
            };
        }
    }

    /// <summary>The objects of one image for the processor's code.</summary>
    public MaskRcnnHead HeadOf(int item, bool isHalf)
    {
        var window = Slots * Window * Window;
        return new(Labels.AsSpan(item * Slots, Slots), [])
        {
            Count = Form is MaskRcnnForm.FixedSlots or MaskRcnnForm.NvidiaSample ? (int)Counts[item] : Slots,
            Boxes = Boxes.Rounded(isHalf).AsSpan(item * 4 * Slots, 4 * Slots),
            Scores = Scores.Rounded(isHalf).AsSpan(item * Slots, Slots),
            Masks = Masks.Rounded(isHalf).AsSpan(item * window, window),
            MaskHeight = Window,
            MaskWidth = Window,
            IsRowFirst = Form == MaskRcnnForm.NvidiaSample,
        };
    }

    /// <summary>The outputs in the model's order.</summary>
    public Heads AddTo(Heads heads, bool isHalf)
    {
        switch (Form)
        {
            case MaskRcnnForm.NvidiaSample:
                return heads.Add<int>(Array.ConvertAll(Counts, one => (int)one), Batch, 1).Add(Boxes, isHalf, Batch, Slots, 4)
                    .Add(Scores, isHalf, Batch, Slots).Add<int>(Array.ConvertAll(Labels, one => (int)one), Batch, Slots)
                    .Add(Masks, isHalf, Batch, Slots, Window, Window);
            case MaskRcnnForm.Detectron2:
                return heads.Add(Boxes, isHalf, Slots, 4).Add<long>(Labels, Slots).Add(Masks, isHalf, Slots, 1, Window, Window)
                    .Add(Scores, isHalf, Slots).Add<long>([Side, Side], 2);
            default:
                heads.Add(Boxes, isHalf, Slots, 4).Add<long>(Labels, Slots).Add(Scores, isHalf, Slots)
                    .Add(Masks, isHalf, Slots, 1, Window, Window);
                return Form == MaskRcnnForm.FixedSlots ? heads.Add<long>(Counts, 1) : heads;
        }
    }
}
