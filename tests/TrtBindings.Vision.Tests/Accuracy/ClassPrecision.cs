namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy for one class of annotated pictures, by the similarity that its family uses.</summary>
/// <param name="Class">The class.</param>
/// <param name="Objects">Objects of it in the pictures.</param>
/// <param name="Ap50">Average precision at a likeness of 0.5.</param>
/// <param name="Ap75">The same at 0.75.</param>
internal sealed record ClassPrecision(string Class, int Objects, double Ap50, double Ap75)
{
    /// <summary>Compares the finds of one class in each picture with its objects there.</summary>
    /// <param name="name">The class.</param>
    /// <param name="objects">Its objects in each picture.</param>
    /// <param name="found">The picture's index, score and result of each find of it.</param>
    /// <param name="likeness">Similarity from 0 to 1; equal ones have 1.</param>
    public static ClassPrecision Of<TObject, TFound>(
        string name, TObject[][] objects, (int Image, float Score, TFound Found)[] found,
        Func<TFound, TObject, double> likeness)
    {
        double Precision(double threshold) => AveragePrecision.Of(
            [.. found.Select(one => (one.Image, one.Score))], [.. objects.Select(image => image.Length)],
            (one, candidate) => likeness(found[one].Found, objects[found[one].Image][candidate]), threshold);
        return new(name, objects.Sum(image => image.Length), Precision(0.5), Precision(0.75));
    }
}
