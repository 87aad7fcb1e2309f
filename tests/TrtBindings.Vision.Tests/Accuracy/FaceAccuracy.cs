using System.Numerics;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>How well faces were found, at the threshold that lets one false find a picture through.</summary>
/// <param name="Faces">Faces to find.</param>
/// <param name="Recall">The share of them that was found.</param>
/// <param name="Threshold">The least score of what counts; not a number if nothing does.</param>
/// <param name="PointError">
/// Mean distance of the five points of the faces that were found, in parts of the larger side of the face's box; not a number
/// if none was found.
/// </param>
internal sealed record FaceAccuracy(int Faces, double Recall, float Threshold, double PointError)
{
    private const float Found = 0.5f;
    private const float Ignored = 0.3f;

    /// <summary>
    /// All finds of all pictures by falling score: each takes the free face of its picture that it overlaps most, if by half or
    /// more; one that takes none is false. It ends before the false find that would be one more than there are pictures.
    /// </summary>
    /// <param name="truth">The pictures.</param>
    /// <param name="found">What was found in each, down to scores low enough that the end is reached.</param>
    public static FaceAccuracy Of(IReadOnlyList<AnnotatedFaces> truth, IReadOnlyList<IReadOnlyList<FaceDetection>> found)
    {
        var free = truth.Select(image => image.Faces.ToList()).ToArray();
        var faces = free.Sum(image => image.Count);
        var (hits, misses, threshold, error) = (0, 0, float.NaN, 0.0);
        var finds = found.SelectMany((all, image) => all.Select(find => (Image: image, Find: find)));
        foreach (var (image, find) in finds.OrderByDescending(one => one.Find.Score))
        {
            var face = free[image].MaxBy(face => Overlap(find, face.Box));
            if (face is not null && Overlap(find, face.Box) >= Found)
            {
                free[image].Remove(face);
                hits++;
                error += PointErrorOf(find, face);
            }
            else if (!truth[image].Slight.Any(box => Overlap(find, box) >= Ignored) && ++misses > truth.Count)
            {
                break;
            }

            threshold = find.Score;
        }

        return new(faces, hits / (double)faces, threshold, error / hits);
    }

    private static float Overlap(FaceDetection find, float[] box)
    {
        var overlap = find.Box.IntersectionOverUnion(new(box[0], box[1], box[2], box[3]));
        return float.IsNaN(overlap) ? 0 : overlap;
    }

    private static double PointErrorOf(FaceDetection find, AnnotatedFace face)
    {
        var side = Math.Max(face.Box[2] - face.Box[0], face.Box[3] - face.Box[1]);
        return Enumerable.Range(0, FaceKeyPoints.Count).Average(i =>
            Vector2.Distance(find.KeyPoints!.Value[i], new(face.Points[i][0], face.Points[i][1])) / side);
    }
}
