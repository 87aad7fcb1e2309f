using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Imaging;

/// <summary>Whole inputs of the original libraries, as hashes of their floats: every preset equals its library.</summary>
[Trait("Category", "Slow")]
public sealed class PipelineHashTests
{
    private const string Versions = "cv5.0.0 pil13.0.0 torch2.15.0 threads1";
    private const string Threaded = "torch2.15.0 threads2";

    /// <summary>The mean of the reference's blobs; their scale is 0.017.</summary>
    private static readonly ChannelValues BlobMean = new(103.94f, 116.78f, 123.68f);

    private static readonly Dictionary<string, ImagePreprocessing> Presets = new()
    {
        ["torchvision_classify_256_224/pil"] = ClassificationPreprocessing.Torchvision,
        ["torchvision_classify_256_224/tensor"] = ClassificationPreprocessing.TorchvisionTensor,
        ["timm_bicubic_224_crop0.875"] = ClassificationPreprocessing.TimmImageNet,
        ["timm_bicubic_224_crop0.95"] = ClassificationPreprocessing.TimmImageNet with { CropFraction = 0.95 },
        ["ultralytics_classify_224"] = ClassificationPreprocessing.Ultralytics,
        ["torchvision_segmentation_520/pil"] = SegmentationPreprocessing.Torchvision,
        ["torchvision_segmentation_520/tensor"] = SegmentationPreprocessing.TorchvisionTensor,
        ["segformer_512"] = SegmentationPreprocessing.SegFormer,
        ["blob_224_1/255_crop0_swap0"] = ClassificationPreprocessing.OpenCvBlob(1 / 255f),
        ["blob_224_1/255_crop0_swap1"] = ClassificationPreprocessing.OpenCvBlob(1 / 255f, isBgr: true),
        ["blob_224_1/255_crop1_swap0"] = ClassificationPreprocessing.OpenCvBlob(1 / 255f, crops: true),
        ["blob_224_1/255_crop1_swap1"] = ClassificationPreprocessing.OpenCvBlob(1 / 255f, crops: true, isBgr: true),
        ["blob_320x240_mean_crop0_swap0"] = ClassificationPreprocessing.OpenCvBlob(0.017f, BlobMean),
        ["blob_320x240_mean_crop0_swap1"] = ClassificationPreprocessing.OpenCvBlob(0.017f, Swapped(BlobMean), isBgr: true),
        ["blob_320x240_mean_crop1_swap0"] = ClassificationPreprocessing.OpenCvBlob(0.017f, BlobMean, crops: true),
        ["blob_320x240_mean_crop1_swap1"] =
            ClassificationPreprocessing.OpenCvBlob(0.017f, Swapped(BlobMean), crops: true, isBgr: true),
    };

    public static TheoryData<string> Names => [.. Presets.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void A_preset_equals_its_library(string pipeline) => Check(pipeline, Versions, (photo, width, height) =>
    {
        var input = new float[3 * width * height];
        var rules = Presets[pipeline];
        var crop = CropGeometry.Stretched(width, height);
        if (rules is ClassificationPreprocessing classes) crop = classes.Crop(photo.Width, photo.Height, width, height);
        if (rules is SegmentationPreprocessing { ShortSide: { } side } pixels)
            pixels.SizeOf(photo.Width, photo.Height, side).ShouldBe((width, height));
        new ResizedInput(3, false, rules).Run(photo, crop, input);
        return input;
    });

    [SkippableFact]
    public void The_letterbox_equals_Ultralytics() => Check("ultralytics_letterbox_640", Versions, (photo, width, height) =>
    {
        var input = new float[3 * width * height];
        photo.View.LetterboxTo(input, width, height);
        return input;
    });

    [SkippableFact]
    public void SCRFDs_input_equals_InsightFace() => Check("scrfd_640", Versions, (photo, width, height) =>
    {
        var input = new float[3 * width * height];
        new Vision.Scrfd.ScrfdPipeline(new(), width, height).Preprocess(photo, input);
        return input;
    });

    /// <summary>Several threads, because a float resize by one thread has other last bits.</summary>
    [SkippableFact]
    public void Mask_RCNNs_steps_equal_torchvision() => Check("maskrcnn_800_1333", Threaded, (photo, width, height) =>
    {
        var rules = SegmentationPreprocessing.Torchvision;
        var tables = new float[3 * 256];
        rules.Encoding.FillStarts(tables);
        for (var i = 0; i < 256; i++)
        {
            tables[i] = rules.Encoding.Finish(tables[i], rules.Mean.Red, rules.Deviation.Red);
            tables[256 + i] = rules.Encoding.Finish(tables[256 + i], rules.Mean.Green, rules.Deviation.Green);
            tables[512 + i] = rules.Encoding.Finish(tables[512 + i], rules.Mean.Blue, rules.Deviation.Blue);
        }

        var scale = Math.Min(800.0 / Math.Min(photo.Width, photo.Height), 1333.0 / Math.Max(photo.Width, photo.Height));
        var (wide, high) = ((int)(photo.Width * scale), (int)(photo.Height * scale));
        var input = new float[3 * width * height];
        var resizer = FloatResizer.Of(ResizeFilter.Bilinear, antialiased: false);
        resizer.Begin(photo, CropGeometry.Stretched(wide, high));
        var planes = new InputPlanes(input, new(width, height, wide, high), new(1, ChannelValues.All(0), ChannelValues.All(1)));
        for (var y = 0; y < high; y++) planes.WriteRow(y, resizer.Row(photo, y, tables));
        return input;
    });

    private static ChannelValues Swapped(ChannelValues values) => new(values.Blue, values.Green, values.Red);

    private static void Check(string pipeline, string with, Func<ImageMemory, int, int, float[]> run)
    {
        var found = 0;
        foreach (var line in File.ReadLines(Shared.Require("reference/resize-pipelines.jsonl")))
        {
            using var row = JsonDocument.Parse(line);
            string Text(string name) => row.RootElement.GetProperty(name).GetString()!;
            if (Text("pipeline") != pipeline || Text("with") != with) continue;
            Text("picture").ShouldBe("hash");
            found++;
            int Number(string name) => row.RootElement.GetProperty(name).GetInt32();
            var photo = HashPicture.Make(Number("w"), Number("h"));
            var shape = row.RootElement.GetProperty("shape");
            var (height, width) = (shape[shape.GetArrayLength() - 2].GetInt32(), shape[shape.GetArrayLength() - 1].GetInt32());
            var input = run(photo, width, height);
            var (places, values) = (row.RootElement.GetProperty("at"), row.RootElement.GetProperty("values"));
            for (var i = 0; i < places.GetArrayLength(); i++)
            {
                input[places[i].GetInt32()].ShouldBe(
                    values[i].GetSingle(), 1e-6f, $"{photo.Width} x {photo.Height}, place {places[i]}");
            }

            Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(input.AsSpan()))).ShouldBe(Text("sha256"));
        }

        found.ShouldBe(2);
    }
}
