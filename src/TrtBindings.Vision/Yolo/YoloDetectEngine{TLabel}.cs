using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Geometry;

namespace TrtBindings.Vision;

/// <summary>Finds objects with a YOLO detection model (YOLOv8, YOLO11, YOLO12, YOLO26).</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloDetectEngine<TLabel> : YoloEngine<YoloDetection<TLabel>>
    where TLabel : unmanaged, Enum
{
    internal YoloDetectEngine(IYoloDetectModel<TLabel> model, YoloOptions options)
        : base(new(model, "YOLO detection", model.Form, 0, options))
    {
    }

    private protected override void Read(
        int item, int batch, List<YoloDetection<TLabel>> found, IResultMemory? memory)
    {
        var output = Finder.OutputOf(batch, item);
        foreach (ref readonly var one in Finder.Find(output))
        {
            found.Add(new(
                EnumLabel.Of<TLabel>(one.ClassIndex), one.ClassIndex, one.Score, Finder.GeometryOf(item).ToImage(one.Box)));
        }
    }
}
