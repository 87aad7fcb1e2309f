namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>How well one class of annotated pictures was found, by its family's own measure of likeness.</summary>
/// <param name="Class">The class.</param>
/// <param name="Objects">Objects of it in the pictures.</param>
/// <param name="Ap50">Average precision at a likeness of 0.5.</param>
internal sealed record ClassPrecision(string Class, int Objects, double Ap50)
{
    /// <summary>Compares what was found of one class in each picture with its objects there.</summary>
    /// <param name="name">The class.</param>
    /// <param name="objects">Its objects in each picture.</param>
    /// <param name="found">The picture's index, score and result of each find of it.</param>
    /// <param name="likeness">From 0 to 1, 1 of equals.</param>
    public static ClassPrecision Of<TObject, TFound>(
        string name, TObject[][] objects, (int Image, float Score, TFound Found)[] found,
        Func<TFound, TObject, double> likeness) =>
        new(name, objects.Sum(image => image.Length), AveragePrecision.Of(
            [.. found.Select(one => (one.Image, one.Score))], [.. objects.Select(image => image.Length)],
            (one, candidate) => likeness(found[one].Found, objects[found[one].Image][candidate])));
}
