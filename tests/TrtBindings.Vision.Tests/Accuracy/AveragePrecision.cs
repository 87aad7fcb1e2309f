namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>COCO's average precision of one class at one overlap threshold.</summary>
internal static class AveragePrecision
{
    /// <summary>
    /// Each prediction, best score first, takes the free object of its image that it overlaps most, if by the threshold
    /// or more. Precision is made to fall with recall and read at recalls 0, 0.01, … 1.
    /// </summary>
    /// <param name="predictions">The image and the score of each prediction.</param>
    /// <param name="objects">The number of objects in each image.</param>
    /// <param name="overlap">Intersection over union of a prediction (its index) and an object of its image.</param>
    /// <param name="threshold">The overlap from which an object counts as found.</param>
    /// <returns>0 to 1; not a number if there are no objects.</returns>
    public static double Of(
        IReadOnlyList<(int Image, float Score)> predictions, IReadOnlyList<int> objects,
        Func<int, int, double> overlap, double threshold = 0.5)
    {
        var total = objects.Sum();
        if (total == 0) return double.NaN;
        var taken = objects.Select(count => new bool[count]).ToArray();
        var curve = new List<(double Recall, double Precision)>();
        var (hits, seen) = (0, 0);
        foreach (var index in Enumerable.Range(0, predictions.Count).OrderByDescending(i => predictions[i].Score))
        {
            var free = taken[predictions[index].Image];
            var (best, bestOverlap) = (-1, threshold);
            for (var candidate = 0; candidate < free.Length; candidate++)
            {
                if (free[candidate]) continue;
                var value = overlap(index, candidate);
                if (value < bestOverlap) continue;
                (best, bestOverlap) = (candidate, value);
            }

            seen++;
            if (best >= 0)
            {
                free[best] = true;
                hits++;
            }

            curve.Add((hits / (double)total, hits / (double)seen));
        }

        return Enumerable.Range(0, 101)
            .Average(step => curve.Where(point => point.Recall >= (step / 100.0) - 1e-12)
            .Select(point => point.Precision).DefaultIfEmpty(0).Max());
    }
}
