namespace TrtBindings;

/// <summary>Detects models that mix the results of the images of a batch.</summary>
public static class ImageBatches
{
    /// <summary>
    /// Recognizes SCRFD exports whose outputs have no batch dimension: one input [N, 3, H, W] with N dynamic, and for each
    /// stride scores [rows, 1], boxes [rows, 4] and optionally key points [rows, 10], in this order. In these outputs the rows
    /// of the images alternate, which the shapes do not show.
    /// </summary>
    public static bool AreInterleaved(EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs)
    {
        if (inputs.Count != 1 || inputs[0].Shape.Rank != 4 || inputs[0].Shape.Dimensions[0].IsFixed) return false;
        if (!Is(inputs[0].Shape.Dimensions[1], 3)) return false;
        // 3 or 5 strides, with or without key points.
        var groups = outputs.Count switch { 6 or 10 => 2, 9 or 15 => 3, _ => 0 };
        if (groups == 0) return false;
        var strides = outputs.Count / groups;
        for (var i = 0; i < outputs.Count; i++)
        {
            var values = (i / strides) switch { 0 => 1, 1 => 4, _ => 10 };
            if (outputs[i].Shape.Rank != 2 || !Is(outputs[i].Shape.Dimensions[1], values)) return false;
        }

        return true;
    }

    private static bool Is(Dimension dimension, long size) => dimension.IsFixed && dimension.Value == size;
}
