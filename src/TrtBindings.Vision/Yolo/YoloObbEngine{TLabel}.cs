using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Geometry;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision;

/// <summary>Finds oriented boxes with a YOLO OBB model (YOLOv8, YOLO11, YOLO12, YOLO26).</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloObbEngine<TLabel> : YoloEngine<YoloOrientedDetection<TLabel>>
    where TLabel : unmanaged, Enum
{
    internal YoloObbEngine(IYoloObbModel<TLabel> model, YoloOptions options)
        : base(new(model, "YOLO OBB", model.Form, 1, options, isRotated: true))
    {
    }

    private protected override void Read(
        int item, int batch, List<YoloOrientedDetection<TLabel>> found, IResultMemory? memory)
    {
        var output = Finder.OutputOf(batch, item);
        foreach (ref readonly var one in Finder.Find(output))
        {
            var box = Finder.Form == YoloForm.Dense
                ? OrientedBoxReader.Dense(output, one.Source) : OrientedBoxReader.EndToEnd(output, one.Source);
            found.Add(new(
                EnumLabel.Of<TLabel>(one.ClassIndex), one.ClassIndex, one.Score, Finder.GeometryOf(item).OrientedToImage(box)));
        }
    }
}
