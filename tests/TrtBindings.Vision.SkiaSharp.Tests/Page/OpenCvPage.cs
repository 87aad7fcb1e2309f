using OpenCvSharp;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Page;

/// <summary>The code of docs/imaging.md about OpenCvSharp.</summary>
internal static class OpenCvPage
{
    public static IReadOnlyList<Detection<DeskLabel>> One(string path, YoloDetectEngine<DeskLabel> engine)
    {
        // <page>
        using var mat = Cv2.ImRead(path, ImreadModes.Color);          // 8-bit BGR, turned by EXIF
        var image = ImageMemory.FromPointer(mat.Data, mat.Width, mat.Height, PixelFormat.Bgr, (int)mat.Step(), owner: mat);
        var found = engine.Detect(image);
        // </page>
        return found;
    }

    public static void Frames(VideoCapture capture, YoloDetectEngine<DeskLabel> engine)
    {
        // <page>
        using var frame = new Mat();
        var found = new List<Detection<DeskLabel>>();
        while (capture.Read(frame))
        {
            var view = ImageView.FromPointer(frame.Data, frame.Width, frame.Height, PixelFormat.Bgr, (int)frame.Step());
            engine.Detect(view, found);
            foreach (var one in found) Cv2.Rectangle(frame, new OpenCvSharp.Rect(
                (int)one.Box.X1, (int)one.Box.Y1, (int)one.Box.Width, (int)one.Box.Height), Scalar.Lime, 2);
        }
        // </page>
    }
}
