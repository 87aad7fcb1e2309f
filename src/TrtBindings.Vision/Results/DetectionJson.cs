using System.Text.Json;

namespace TrtBindings.Vision;

/// <summary>Turns what an engine found into JSON.</summary>
public static class DetectionJson
{
    /// <summary>Greatest distance in pixels of a written outline from the mask's edge.</summary>
    private const double OutlineTolerance = 1;

    /// <summary>The results as a JSON array of objects; see <see cref="DetectionData"/> for their properties.</summary>
    /// <typeparam name="T">What an engine finds, such as <see cref="InstanceDetection{TLabel}"/>.</typeparam>
    /// <param name="found">The results of one picture.</param>
    /// <param name="masks">How masks are written.</param>
    public static string ToJson<T>(this IEnumerable<T> found, MaskJson masks = MaskJson.RunLengths)
        where T : IClassification =>
        JsonSerializer.Serialize(found.ToData(masks), DetectionJsonContext.Default.DetectionDataArray);

    /// <summary>
    /// The results as objects for <see cref="DetectionJsonContext"/>, for example to write them into a stream or to put them
    /// into a larger object of your own context.
    /// </summary>
    /// <inheritdoc cref="ToJson" path="/typeparam|/param"/>
    public static DetectionData[] ToData<T>(this IEnumerable<T> found, MaskJson masks = MaskJson.RunLengths)
        where T : IClassification
    {
        ArgumentNullException.ThrowIfNull(found);
        return [.. found.Select(one => Of(one, masks))];
    }

    private static DetectionData Of(IClassification one, MaskJson masks)
    {
        var data = new DetectionData { Label = one.LabelName, ClassIndex = one.ClassIndex, Score = one.Score };
        if (one is not IDetection detection) return data;
        var (box, points) = (detection.Box, detection.KeyPoints);
        var mask = masks == MaskJson.None ? null : detection.Mask;
        return data with
        {
            Box = [box.X1, box.Y1, box.X2, box.Y2],
            OrientedBox = detection.OrientedBox is { } turned
                ? [turned.CentreX, turned.CentreY, turned.Width, turned.Height, turned.Angle] : null,
            Mask = mask is not null && masks == MaskJson.RunLengths ? Of(mask.ToCocoRunLengths()) : null,
            Outlines = mask is not null && masks == MaskJson.Outlines ? Of(mask.ToOutlines(OutlineTolerance)) : null,
            KeyPoints = points.IsEmpty ? null : [.. points.ToArray().Select(Of)],
        };
    }

    private static RunLengthData Of(CocoRunLengths runs) =>
        new() { Size = [runs.Height, runs.Width], Counts = runs.ToText() };

    private static float[][] Of(MaskOutline[] outlines) =>
        [.. outlines.Select(outline => outline.Points.ToArray().SelectMany(point => (float[])[point.X, point.Y]).ToArray())];

    private static float[] Of(DetectionKeyPoint point) =>
        point.Confidence is { } confidence ? [point.X, point.Y, confidence] : [point.X, point.Y];
}
