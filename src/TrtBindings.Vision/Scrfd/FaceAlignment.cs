using System.Numerics;

namespace TrtBindings.Vision;

/// <summary>
/// Cuts out faces for recognition models: rotated, scaled and moved so that the five key points come as near as possible to
/// ArcFace's template of 112 x 112 pixels (InsightFace's <c>norm_crop</c>).
/// </summary>
public static class FaceAlignment
{
    /// <summary>Width and height of an aligned face in pixels.</summary>
    public const int Side = 112;

    /// <summary>Bytes of an aligned face, 3 for each pixel: red, green, blue.</summary>
    public const int ByteLength = Side * Side * 3;

    /// <summary>The key points of an aligned face.</summary>
    public static FaceKeyPoints Template { get; } = new(
        new(38.2946f, 51.6963f), new(73.5318f, 51.5014f), new(56.0252f, 71.7366f), new(41.5493f, 92.3655f),
        new(70.7299f, 92.2041f));

    /// <summary>The transform from pixels of the image to pixels of the aligned face.</summary>
    /// <exception cref="ImageException">The key points are all equal, or not numbers.</exception>
    public static SimilarityTransform TransformOf(in FaceKeyPoints face)
    {
        Span<Vector2> from = stackalloc Vector2[FaceKeyPoints.Count];
        Span<Vector2> to = stackalloc Vector2[FaceKeyPoints.Count];
        for (var i = 0; i < FaceKeyPoints.Count; i++) (from[i], to[i]) = (face[i], Template[i]);
        try
        {
            return SimilarityTransform.Estimate(from, to);
        }
        catch (ArgumentException e)
        {
            throw new ImageException($"The key points {face} are not those of a face: they are all equal, or not numbers.", e);
        }
    }

    /// <summary>
    /// Writes an aligned face row by row, 3 bytes a pixel: red, green, blue; black outside the image. Allocates nothing.
    /// </summary>
    /// <param name="image">The image that the key points belong to.</param>
    /// <param name="face">The key points, in pixels of the image.</param>
    /// <param name="rgb">Takes the first <see cref="ByteLength"/> bytes.</param>
    /// <exception cref="ImageException">The image is empty, or the key points are not those of a face.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void AlignTo(this ImageView image, in FaceKeyPoints face, Span<byte> rgb)
    {
        image.ThrowIfEmpty();
        if (rgb.Length < ByteLength)
            throw new ArgumentException($"An aligned face takes {ByteLength:N0} bytes, not {rgb.Length:N0}.", nameof(rgb));
        AffineWarp.Run(image, TransformOf(face), rgb[..ByteLength], Side, Side);
    }
}
