namespace TrtBindings.Vision;

/// <summary>Which faces stay where there are more than <see cref="ScrfdOptions.MaxFaces"/>.</summary>
public enum FaceRanking
{
    /// <summary>
    /// Large ones near the middle: area - 2 * squared distance of the box's centre from that of the image, the greatest
    /// first (InsightFace's default).
    /// </summary>
    CentralArea,
    /// <summary>Large ones: the greatest area first (InsightFace's <c>max</c>).</summary>
    Area,
}
