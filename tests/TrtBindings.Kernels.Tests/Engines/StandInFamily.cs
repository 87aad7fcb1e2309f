using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Engines;

/// <summary>Models of several families on the stand-in TensorRT: each picture gets one of some random heads.</summary>
internal sealed class StandInFamily : StandInModel, IYoloDetectModel<Thing>, IYoloSegModel<Thing>, IRtDetrModel<Thing>,
    IClassificationModel<Thing>, ISemanticSegmentationModel<Thing>, IYoloPoseModel<Thing>, IYoloObbModel<Thing>, IScrfdModel
{
    private const int Heads = 64;
    private const int Anchors = 84;

    private StandInFamily(ModelSignature signature, string engine, ModelOptions options)
        : base(signature, engine, options)
    {
    }

    YoloForm IYoloDetectModel<Thing>.Form => YoloForm.Dense;

    YoloForm IYoloSegModel<Thing>.Form => YoloForm.Dense;

    RtDetrForm IRtDetrModel<Thing>.Form => RtDetrForm.Scores;

    ClassificationForm IClassificationModel<Thing>.Form => ClassificationForm.ChannelsFirst;

    SemanticSegmentationForm ISemanticSegmentationModel<Thing>.Form => SemanticSegmentationForm.Logits;

    YoloForm IYoloPoseModel<Thing>.Form => YoloForm.Dense;

    YoloForm IYoloObbModel<Thing>.Form => YoloForm.Dense;

    ScrfdForm IScrfdModel.Form => ScrfdForm.ThreeStridesKeyPoints;

    public int KeyPointCount => 3;

    public int KeyPointValues => 3;

    /// <summary>A dense YOLO detection model.</summary>
    /// <param name="rig">The stand-ins.</param>
    /// <param name="batch">A fixed batch; 0 for a dynamic one.</param>
    /// <param name="anchors">What the file says of the number of anchors.</param>
    /// <param name="side">A fixed width and height; 0 for dynamic ones.</param>
    public static StandInFamily Yolo(EngineRig rig, int batch = 0, object? anchors = null, int side = 64) => Make(
        rig, batch, side, (["output0", 9, anchors ?? Anchors], YoloHeads(9)));

    /// <summary>A dense YOLO-seg model with four prototypes of 16 x 16.</summary>
    public static StandInFamily Seg(EngineRig rig) => Make(
        rig, 0, 64, (["output0", 13, Anchors], YoloHeads(13)), (["output1", 4, 16, 16], Signed(4 * 16 * 16)));

    /// <summary>A dense YOLO pose model with three points.</summary>
    public static StandInFamily Pose(EngineRig rig) => Make(rig, 0, 64, (["output0", 18, Anchors], YoloHeads(18)));

    /// <summary>A dense YOLO model of oriented boxes.</summary>
    public static StandInFamily Obb(EngineRig rig) => Make(rig, 0, 64, (["output0", 10, Anchors], YoloHeads(10)));

    /// <summary>An SCRFD with key points.</summary>
    public static StandInFamily Scrfd(EngineRig rig)
    {
        var outputs = new List<(object[], float[])>();
        foreach (var (values, heads) in ((int, Func<int, float[]>)[])[(1, Unit), (4, Unit), (10, Signed)])
            foreach (var rows in (int[])[128, 32, 8]) outputs.Add(([$"o{values}x{rows}", rows, values], heads(rows * values)));
        return Make(rig, 0, 64, [.. outputs]);
    }

    /// <summary>An RT-DETR with scores of five classes.</summary>
    public static StandInFamily Detr(EngineRig rig)
    {
        var values = Unit(9 * 50);
        return Make(rig, 0, 64, (["output0", 50, 9], values));
    }

    /// <summary>A classifier of five classes.</summary>
    public static StandInFamily Classifier(EngineRig rig) => Make(rig, 0, 64, (["logits", 5], Signed(5)));

    /// <summary>A segmentation model with logits of five classes on a grid of 16 x 16.</summary>
    public static StandInFamily Segmenter(EngineRig rig) => Make(rig, 0, 64, (["logits", 5, 16, 16], Signed(5 * 16 * 16)));

    private static StandInFamily Make(
        EngineRig rig, int batch, int side, params (object[] Output, float[] Heads)[] outputs)
    {
        object first = batch == 0 ? "batch" : batch;
        var input = side == 0 ? EngineRig.Tensor("images", first, 3, "height", "width")
            : EngineRig.Tensor("images", first, 3, side, side);
        var declared = outputs.Select(one => (
            EngineRig.Tensor((string)one.Output[0], [first, .. one.Output[1..]]), one.Heads)).ToArray();
        var engine = rig.Engine(input, [Math.Max(batch, 8), 3, side == 0 ? 256 : side, side == 0 ? 256 : side], Heads, declared);
        return new(Sign(input, [.. declared.Select(one => one.Item1)]), engine, rig.Options);
    }

    /// <summary>Boxes of all sizes in the input, scores that are mostly weak, and numbers around 0.</summary>
    private static float[] YoloHeads(int rows)
    {
        var random = new Random(7);
        var heads = new float[Heads * rows * Anchors];
        for (var i = 0; i < heads.Length; i++)
        {
            heads[i] = (i / Anchors % rows) switch
            {
                < 2 => random.NextSingle() * 64,
                < 4 => 4 + (random.NextSingle() * 30),
                < 9 => MathF.Round(MathF.Pow(random.NextSingle(), 9), 6),
                _ => MathF.Round(random.NextSingle() - 0.5f, 4),
            };
        }

        return heads;
    }

    private static float[] Unit(int length) => Made(length, random => MathF.Round(random.NextSingle(), 5));

    private static float[] Signed(int length) => Made(length, random => MathF.Round((random.NextSingle() - 0.5f) * 6, 4));

    private static float[] Made(int length, Func<Random, float> make)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, Heads * length).Select(_ => make(random))];
    }
}
