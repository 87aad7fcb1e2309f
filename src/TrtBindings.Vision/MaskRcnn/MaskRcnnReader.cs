namespace TrtBindings.Vision.MaskRcnn;

/// <summary>Reads the outputs of a Mask R-CNN and checks their shapes.</summary>
internal static class MaskRcnnReader
{
    /// <summary>The objects of one image.</summary>
    /// <exception cref="TensorException">The backend returned a shape or a count that the family does not have.</exception>
    public static MaskRcnnHead Read(MaskRcnnRoles roles, ImageRunner runner, int item)
    {
        var outputs = runner.Outputs;
        var (boxes, scores, labels, masks) = (
            outputs[roles.Boxes], outputs[roles.Scores], outputs[roles.Labels], outputs[roles.Masks]);
        var batch = runner.Batch;
        var slots = boxes.Rank < 2 ? -1 : (int)boxes.Lengths[^2];
        if (roles.IsBatched)
        {
            Check(boxes, batch, slots, 4);
            Check(labels, batch, slots);
            Check(scores, batch, slots);
            Check(masks, batch, slots, -1, -1);
            Check(outputs[roles.Count], batch, 1);
        }
        else
        {
            Check(boxes, slots, 4);
            Check(labels, slots);
            Check(scores, slots);
            Check(masks, slots, 1, -1, -1);
            if (roles.Count >= 0) Check(outputs[roles.Count], 1);
        }

        var window = (int)(masks.Lengths[2] * masks.Lengths[3]);
        return new(Item(Longs(labels), item, slots), Item(Ints(labels), item, slots))
        {
            Count = roles.Count < 0 ? slots : CountOf(outputs[roles.Count], item, slots),
            Boxes = Item(runner.FloatsOf(roles.Boxes), item, 4 * slots),
            Scores = Item(runner.FloatsOf(roles.Scores), item, slots),
            Masks = Item(runner.FloatsOf(roles.Masks), item, slots * window),
            MaskHeight = (int)masks.Lengths[2],
            MaskWidth = (int)masks.Lengths[3],
            // NVIDIA's sample gives y1, x1, y2, x2.
            IsRowFirst = roles.IsBatched,
        };
    }

    private static ReadOnlySpan<T> Item<T>(ReadOnlySpan<T> values, int item, int length) =>
        values.IsEmpty ? values : values.Slice(item * length, length);

    private static int CountOf(TensorBuffer tensor, int item, int slots)
    {
        var longs = Longs(tensor);
        var count = longs.IsEmpty ? Ints(tensor)[item] : longs[item];
        if (count >= 0 && count <= slots) return (int)count;
        throw WrongCount(tensor.Name, count, slots);
    }

    /// <summary>The error about a number of objects that cannot be.</summary>
    public static TensorException WrongCount(string output, long count, int slots) =>
        ModelError.Of(output, $"holds the count {count}, but there are {slots} slots.");

    private static ReadOnlySpan<long> Longs(TensorBuffer tensor) => tensor is OutputTensor<long> values ? values.Span : [];

    private static ReadOnlySpan<int> Ints(TensorBuffer tensor) => tensor switch
    {
        OutputTensor<int> values => values.Span,
        OutputTensor<long> => [],
        _ => throw ModelError.Of(tensor, "must be int32 or int64."),
    };

    /// <summary>Checks the shape of a tensor; -1 is any size.</summary>
    public static void Check(string name, ReadOnlySpan<nint> shape, params ReadOnlySpan<int> lengths)
    {
        var isRight = shape.Length == lengths.Length;
        for (var i = 0; isRight && i < lengths.Length; i++) isRight = lengths[i] < 0 || shape[i] == lengths[i];
        if (isRight) return;
        throw ModelError.Of(name, $"came back as [{string.Join(", ", shape.ToArray())}], "
            + $"not [{string.Join(", ", lengths.ToArray())}] (-1 is any size).");
    }

    private static void Check(TensorBuffer tensor, params ReadOnlySpan<int> lengths) =>
        Check(tensor.Name, tensor.Lengths, lengths);
}
