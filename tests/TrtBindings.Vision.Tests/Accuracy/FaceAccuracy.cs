using System.Numerics;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy for faces, at the threshold that allows one false find per picture.</summary>
/// <param name="Faces">Faces to find.</param>
/// <param name="Recall">The share of them that was found.</param>
/// <param name="Threshold">The lowest score of a find that counts; NaN if none does.</param>
/// <param name="PointError">
/// Mean distance of the five points of the faces that were found, in parts of the larger side of the face's box; not a number
/// if none was found.
/// </param>
/// <param name="TiltError">
/// Mean difference in degrees between the line through the eyes as it is and as it was found, of the faces that were found; not a
/// number if none was.
/// </param>
internal sealed record FaceAccuracy(int Faces, double Recall, float Threshold, double PointError, double TiltError)
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
        var (hits, misses, threshold, error, tilt) = (0, 0, float.NaN, 0.0, 0.0);
        var finds = found.SelectMany((all, image) => all.Select(find => (Image: image, Find: find)));
        foreach (var (image, find) in finds.OrderByDescending(one => one.Find.Score))
        {
            var face = free[image].MaxBy(face => Overlap(find, face.Box));
            if (face is not null && Overlap(find, face.Box) >= Found)
            {
                free[image].Remove(face);
                hits++;
                error += PointErrorOf(find, face);
                tilt += TiltErrorOf(find, face);
            }
            else if (!truth[image].Slight.Any(box => Overlap(find, box) >= Ignored) && ++misses > truth.Count)
            {
                break;
            }

            threshold = find.Score;
        }

        return new(faces, hits / (double)faces, threshold, error / hits, tilt / hits);
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

    private static double TiltErrorOf(FaceDetection find, AnnotatedFace face)
    {
        var (left, right) = (find.KeyPoints!.Value[0], find.KeyPoints!.Value[1]);
        var found = double.RadiansToDegrees(Math.Atan2(right.Y - left.Y, right.X - left.X));
        // The shorter way around the circle.
        return Math.Abs(Math.IEEERemainder(found - face.Tilt, 360));
    }
}
