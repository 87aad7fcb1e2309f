namespace TrtBindings.Vision.Scrfd;

/// <summary>Chooses faces if there are more than wanted.</summary>
internal static class FaceSelection
{
    /// <summary>
    /// Moves the faces of the highest ranks to the front, in the order of rank; of equal ranks the first comes first.
    /// </summary>
    /// <param name="faces">All faces; those that are not chosen follow in any order.</param>
    /// <param name="count">How many are wanted, less than there are.</param>
    /// <param name="ranking">The ranking.</param>
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
            // Moved and not swapped, because the order of the others decides between equal ranks.
            faces[i..best].CopyTo(faces[(i + 1)..]);
            faces[i] = chosen;
        }
    }

    /// <summary>
    /// Area - 2 * squared distance from the centre, whose coordinates are width / 2 and height / 2 in whole numbers.
    /// </summary>
    private static float RankOf(in FaceDetection face, FaceRanking ranking, int imageWidth, int imageHeight)
    {
        var box = face.Box;
        if (ranking == FaceRanking.Area) return box.Area;
        var x = ((box.X1 + box.X2) / 2) - (imageWidth / 2);
        var y = ((box.Y1 + box.Y2) / 2) - (imageHeight / 2);
        return box.Area - (((x * x) + (y * y)) * 2);
    }
}
