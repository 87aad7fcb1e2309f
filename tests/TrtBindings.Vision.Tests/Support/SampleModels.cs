using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>The model that this repository ships, and its validation pictures.</summary>
internal static class SampleModels
{
    public static string Validation { get; } = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "validation");

    public static UntypedYoloSeg<DeskLabel> Dense() => UntypedYoloSeg<DeskLabel>.Load(Find("desk-seg.onnx"));

    public static UntypedYoloSeg<DeskLabel> EndToEnd() =>
        UntypedYoloSeg<DeskLabel>.Load(Find("desk-seg-e2e.onnx"), YoloForm.EndToEnd);

    public static ImageMemory Read(string file) => PhotoFile.Read(Path.Combine(Validation, file));

    private static string Find(string file) => Path.Combine(TestPaths.RepositoryRoot, "samples", "models", file);
}
