namespace TrtBindings.Vision.Yolo;

/// <summary>Reads an end-to-end output. Rows are in falling order of score, and nothing is suppressed.</summary>
internal static class EndToEndDecoder
{
    /// <summary>Keeps the first rows with a score above the confidence.</summary>
    /// <param name="head">An end-to-end output.</param>
    /// <param name="confidence">Scores above this count.</param>
    /// <param name="kept">Takes the rows that are kept; its length is the most that are kept.</param>
    /// <returns>Number of rows kept.</returns>
    public static int Decode(in YoloOutput head, float confidence, Span<Candidate> kept)
    {
        var count = 0;
        for (var row = 0; row < head.Rows && count < kept.Length; row++)
        {
            var values = head.Values.Slice(row * head.Columns, head.Columns);
            if (!(values[4] > confidence)) continue;
            kept[count++] = new(
                row, ClassLabels.Nearest(values[5]), values[4], new(values[0], values[1], values[2], values[3]));
        }

        return count;
    }
}
