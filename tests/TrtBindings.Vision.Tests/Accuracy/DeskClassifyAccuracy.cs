using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped YOLO-shaped classifier on the objects of the validation pictures.</summary>
internal static class DeskClassifyAccuracy
{
    public const int MaxBatch = 32;

    public static UntypedClassifier<DeskLabel> Load() => new(DeskFolder.Load("desk-classify"));

    public static ClassificationEngine<DeskLabel> Engine(UntypedClassifier<DeskLabel> model) => ClassificationEngine.Create(
        model, ClassificationPreprocessing.Ultralytics, new() { Top = 3, MaxBatch = MaxBatch });

    /// <summary>Classifies every object in batches. Returns the true and the predicted class of each.</summary>
    public static (int Class, int Found)[] Measure() => Measured.Once("classes of desk-classify", Run);

    private static (int Class, int Found)[] Run()
    {
        using var model = Load();
        using var engine = Engine(model);
        return [.. Crops(SampleModels.Validation).Chunk(MaxBatch)
            .SelectMany(batch => engine.Classify([.. batch.Select(crop => crop.Image)])
            .Zip(batch, (best, crop) => (crop.Class, best[0].ClassIndex)))];
    }

    /// <summary>
    /// A square of 1.25 times the longer side around each box, clipped at the picture's edge, as in training.
    /// </summary>
    public static IEnumerable<(string File, ImageMemory Image, int Class)> Crops(string folder)
    {
        foreach (var picture in Annotations.Read(folder).Images)
        {
            var image = PhotoFile.Read(Path.Combine(folder, picture.File));
            foreach (var one in picture.Objects)
            {
                var half = Math.Max(one.Box[2] - one.Box[0], one.Box[3] - one.Box[1]) * 0.625f;
                var (x, y) = ((one.Box[0] + one.Box[2]) / 2, (one.Box[1] + one.Box[3]) / 2);
                var (left, top) = (Math.Max(0, (int)(x - half)), Math.Max(0, (int)(y - half)));
                var (right, bottom) = (Math.Min(image.Width, (int)(x + half)), Math.Min(image.Height, (int)(y + half)));
                yield return (picture.File, image.Crop(left, top, right - left, bottom - top), one.Class);
            }
        }
    }
}
