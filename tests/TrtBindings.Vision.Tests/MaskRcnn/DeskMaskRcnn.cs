using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>The shipped Mask R-CNN: one network in four files.</summary>
internal static class DeskMaskRcnn
{
    public static string Folder { get; } = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-maskrcnn");

    /// <summary>torchvision's own export, for pictures of any size.</summary>
    public static UntypedMaskRcnn<DeskClass> Dynamic() => Load("desk-maskrcnn.onnx", MaskRcnnForm.Torchvision);

    /// <summary>The fixed-slot graph of a size, "height x width" without blanks.</summary>
    public static UntypedMaskRcnn<DeskClass> Fixed(string size) => Load($"desk-maskrcnn-{size}.onnx", MaskRcnnForm.FixedSlots);

    private static UntypedMaskRcnn<DeskClass> Load(string file, MaskRcnnForm form) =>
        new(UntypedModel.Load(Path.Combine(Folder, file)), form);
}
