namespace TrtBindings.Vision.Scrfd;

/// <summary>Chooses faces where there are more than are wanted.</summary>
internal static class FaceSelection
{
    /// <summary>Brings the faces of greatest rank to the front, in the order of their rank; of equal ones the first.</summary>
    /// <param name="faces">All faces; those that are not chosen end up behind in any order.</param>
    /// <param name="count">How many are wanted; less than there are.</param>
    /// <param name="ranking">What ranks them.</param>
    /// <param name="imageWidth">Width of the image.</param>
    /// <param name="imageHeight">Height of the image.</param>
    public static void Run(Span<FaceDetection> faces, int count, FaceRanking ranking, int imageWidth, int imageHeight)
    {
        for (var i = 0; i < count; i++)
        {
            var (best, rank) = (i, RankOf(faces[i], ranking, imageWidth, imageHeight));
            for (var j = i + 1; j < faces.Length; j++)
            {
                var other = RankOf(faces[j], ranking, imageWidth, imageHeight);
                if (other > rank) (best, rank) = (j, other);
            }

            var chosen = faces[best];
            // Moved, not swapped: the order among the others is what decides between equals.
            faces[i..best].CopyTo(faces[(i + 1)..]);
            faces[i] = chosen;
        }
    }

    /// <summary>Area, less twice the squared distance from the centre: width / 2 and height / 2 as whole numbers.</summary>
    private static float RankOf(in FaceDetection face, FaceRanking ranking, int imageWidth, int imageHeight)
    {
        var box = face.Box;
        if (ranking == FaceRanking.Area) return box.Area;
        var x = ((box.X1 + box.X2) / 2) - (imageWidth / 2);
        var y = ((box.Y1 + box.Y2) / 2) - (imageHeight / 2);
        return box.Area - (((x * x) + (y * y)) * 2);
    }
}
