namespace TrtBindings.Vision.MaskRcnn;

/// <summary>Reads a Mask R-CNN's outputs, their shapes checked.</summary>
internal static class MaskRcnnReader
{
    /// <summary>The instances of one image of a batch.</summary>
    /// <param name="form">What the model gives.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="batch">Images of the run.</param>
    /// <param name="item">The image.</param>
    /// <exception cref="TensorException">The backend reported a shape or a number that this family does not have.</exception>
    public static MaskRcnnHead Read(MaskRcnnForm form, IReadOnlyList<TensorBuffer> outputs, int batch, int item) => form switch
    {
        MaskRcnnForm.NvidiaSample => ReadBatched(outputs, batch, item),
        MaskRcnnForm.Detectron2 => ReadList(outputs, 0, 1, 3, 2, null),
        MaskRcnnForm.FixedSlots => ReadList(outputs, 0, 1, 2, 3, outputs[4]),
        _ => ReadList(outputs, 0, 1, 2, 3, null),
    };

    private static MaskRcnnHead ReadList(
        IReadOnlyList<TensorBuffer> outputs, int boxes, int labels, int scores, int masks, TensorBuffer? count)
    {
        var slots = outputs[boxes].Rank == 2 ? (int)outputs[boxes].Lengths[0] : -1;
        Check(outputs[boxes], slots, 4);
        Check(outputs[labels], slots);
        Check(outputs[scores], slots);
        Check(outputs[masks], slots, 1, -1, -1);
        return new(Longs(outputs[labels]), Ints(outputs[labels]))
        {
            Count = count is null ? slots : CountOf(count, 0, slots),
            Boxes = Floats(outputs[boxes]),
            Scores = Floats(outputs[scores]),
            Masks = Floats(outputs[masks]),
            MaskHeight = (int)outputs[masks].Lengths[2],
            MaskWidth = (int)outputs[masks].Lengths[3],
        };
    }

    private static MaskRcnnHead ReadBatched(IReadOnlyList<TensorBuffer> outputs, int batch, int item)
    {
        var (boxes, scores, labels, masks) = (outputs[1], outputs[2], outputs[3], outputs[4]);
        var slots = boxes.Rank == 3 ? (int)boxes.Lengths[1] : -1;
        Check(outputs[0], batch, 1);
        Check(boxes, batch, slots, 4);
        Check(scores, batch, slots);
        Check(labels, batch, slots);
        Check(masks, batch, slots, -1, -1);
        var window = (int)(masks.Lengths[2] * masks.Lengths[3]);
        return new(Item(Longs(labels), item, slots), Item(Ints(labels), item, slots))
        {
            Count = CountOf(outputs[0], item, slots),
            Boxes = Item(Floats(boxes), item, 4 * slots),
            Scores = Item(Floats(scores), item, slots),
            Masks = Item(Floats(masks), item, slots * window),
            MaskHeight = (int)masks.Lengths[2],
            MaskWidth = (int)masks.Lengths[3],
            IsRowFirst = true,
        };
    }

    private static ReadOnlySpan<T> Item<T>(ReadOnlySpan<T> values, int item, int length) =>
        values.IsEmpty ? values : values.Slice(item * length, length);

    private static int CountOf(TensorBuffer tensor, int item, int slots)
    {
        var longs = Longs(tensor);
        var count = longs.IsEmpty ? Ints(tensor)[item] : longs[item];
        if (count >= 0 && count <= slots) return (int)count;
        throw new TensorException(tensor.Name, $"'{tensor.Name}' says {count} instances, and there is room for {slots}.");
    }

    private static ReadOnlySpan<float> Floats(TensorBuffer tensor) => tensor is OutputTensor<float> values
        ? values.Span
        : throw new TensorException(tensor.Name, $"'{tensor.Name}' must be float.");

    private static ReadOnlySpan<long> Longs(TensorBuffer tensor) => tensor is OutputTensor<long> values ? values.Span : [];

    private static ReadOnlySpan<int> Ints(TensorBuffer tensor) => tensor switch
    {
        OutputTensor<int> values => values.Span,
        OutputTensor<long> => [],
        _ => throw new TensorException(tensor.Name, $"'{tensor.Name}' must be int32 or int64."),
    };

    /// <summary>Refuses a tensor of another shape; -1 stands for any size.</summary>
    private static void Check(TensorBuffer tensor, params ReadOnlySpan<int> lengths)
    {
        var isRight = tensor.Rank == lengths.Length;
        for (var i = 0; isRight && i < lengths.Length; i++) isRight = lengths[i] < 0 || tensor.Lengths[i] == lengths[i];
        if (isRight) return;
        throw new TensorException(tensor.Name, $"'{tensor.Name}' came back as [{string.Join(", ", tensor.Lengths.ToArray())}], "
            + $"not [{string.Join(", ", lengths.ToArray())}] (-1 is any size). This is not the Mask R-CNN that the model "
            + "class declares.");
    }
}
