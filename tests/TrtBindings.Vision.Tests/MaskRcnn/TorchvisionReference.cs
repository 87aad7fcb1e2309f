using System.Text.Json;

namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>torchvision's own results on validation pictures, written by train_maskrcnn.py.</summary>
/// <param name="Pictures">One entry for each picture.</param>
internal sealed record TorchvisionReference(TorchvisionReference.Entry[] Pictures)
{
    public static TorchvisionReference Read()
    {
        using var stream = File.OpenRead(Path.Combine(DeskMaskRcnn.Folder, "reference.json"));
        return JsonSerializer.Deserialize<TorchvisionReference>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>The results for one picture.</summary>
    /// <param name="Picture">Its file.</param>
    /// <param name="Dynamic">By the whole model.</param>
    /// <param name="Fixed">On the canvas of each size.</param>
    internal sealed record Entry(string Picture, Instance[] Dynamic, Dictionary<string, Canvas> Fixed);

    /// <summary>The results on a canvas.</summary>
    /// <param name="Rows">Rows that the picture took.</param>
    /// <param name="Columns">Columns that it took.</param>
    /// <param name="Instances">The instances, in the picture's pixels.</param>
    internal sealed record Canvas(int Rows, int Columns, Instance[] Instances);

    /// <summary>One instance.</summary>
    /// <param name="Box">x1, y1, x2, y2.</param>
    /// <param name="Label">Class, 0 the background.</param>
    /// <param name="Score">0 to 1.</param>
    /// <param name="Rle">Mask: run lengths along the rows, zeros first.</param>
    internal sealed record Instance(float[] Box, int Label, float Score, int[] Rle);
}
