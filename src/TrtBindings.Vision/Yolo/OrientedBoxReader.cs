namespace TrtBindings.Vision.Yolo;

/// <summary>Reads oriented boxes, in input pixels, from outputs.</summary>
internal static class OrientedBoxReader
{
    /// <summary>Of a dense output: rows 0 to 3 and the last.</summary>
    public static OrientedBox Dense(in YoloOutput output, int anchor)
    {
        var values = output.Values;
        var anchors = output.Columns;
        return new(
            values[anchor], values[anchors + anchor], values[(2 * anchors) + anchor], values[(3 * anchors) + anchor],
            values[((output.Rows - 1) * anchors) + anchor]);
    }

    /// <summary>Of an end-to-end output: columns 0 to 3, not edges but centre and size, and the last.</summary>
    public static OrientedBox EndToEnd(in YoloOutput output, int row)
    {
        var values = output.Values.Slice(row * output.Columns, output.Columns);
        return new(values[0], values[1], values[2], values[3], values[^1]);
    }
}
