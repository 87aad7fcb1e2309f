using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>The models under samples/models beside desk-seg, and pictures for them.</summary>
internal static class ShippedModels
{
    public static UntypedYoloDetect<DeskLabel> Detect() => new(Load("desk-detect", "desk-detect.onnx"));

    public static UntypedSegmenter<DeskClass> Semantic() => new(Load("desk-semantic", "desk-semantic.onnx"));

    public static UntypedScrfd Faces() => new(Load("faces", "faces-scrfd.onnx"), ScrfdForm.ThreeStridesKeyPoints);

    public static UntypedClassifier<DigitLabel> Digits() => new(Load("digits", "digits-vit.onnx"));

    /// <summary>The fixed-slot graph of 640 x 480.</summary>
    public static UntypedMaskRcnn<DeskClass> MaskRcnn() =>
        new(Load("desk-maskrcnn", "desk-maskrcnn-480x640.onnx"), MaskRcnnForm.FixedSlots);

    /// <summary>Six scenes of different sizes.</summary>
    public static ImageMemory[] Scenes() =>
        [.. new[] { "00", "01", "03", "09", "23", "36" }.Select(number => SampleModels.Read($"scene-{number}.png"))];

    /// <summary>Six pictures of drawn faces.</summary>
    public static ImageMemory[] FacePictures() => [.. new[] { "00", "01", "06", "07", "09", "24" }.Select(ReadFaces)];

    private static ImageMemory ReadFaces(string number) => PhotoFile.Read(Find("faces", "validation", $"faces-{number}.png"));

    private static UntypedModel Load(params string[] path) => UntypedModel.Load(Find(path));

    private static string Find(params string[] path) => Path.Combine([TestPaths.RepositoryRoot, "samples", "models", .. path]);
}
