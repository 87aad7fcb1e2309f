namespace TrtBindings.Vision.Yolo;

/// <summary>Reads an end-to-end head: rows in the file's order, which falls by score; nothing is suppressed.</summary>
internal static class EndToEndDecoder
{
    /// <summary>Keeps the first rows with a score above the confidence.</summary>
    /// <param name="head">An end-to-end head.</param>
    /// <param name="confidence">A score counts if it is above this.</param>
    /// <param name="kept">Takes what stays; its length is the most that may stay.</param>
    /// <returns>How many stay.</returns>
    public static int Decode(in YoloOutput head, float confidence, Span<Candidate> kept)
    {
        var count = 0;
        for (var row = 0; row < head.Rows && count < kept.Length; row++)
        {
            var values = head.Values.Slice(row * head.Columns, head.Columns);
            if (!(values[4] > confidence)) continue;
            kept[count++] = new(
                row, StatedClass.Of(values[5]), values[4], new(values[0], values[1], values[2], values[3]));
        }

        return count;
    }
}
