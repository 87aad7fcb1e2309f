using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Engines;

/// <summary>A dense YOLO detection model on the stand-in TensorRT: each picture gets one of some random heads.</summary>
internal sealed class StandInYolo : StandInModel, IYoloDetectModel<Thing>
{
    private const int Heads = 64;
    private const int Anchors = 84;

    private StandInYolo(ModelSignature signature, string engine, ModelOptions options)
        : base(signature, engine, options)
    {
    }

    public YoloForm Form => YoloForm.Dense;

    /// <summary>Makes one with an input of 64 x 64.</summary>
    /// <param name="rig">The stand-ins.</param>
    /// <param name="batch">A fixed batch; 0 for a dynamic one.</param>
    /// <param name="options">Changes the options.</param>
    public static StandInYolo Of(EngineRig rig, int batch = 0, Func<ModelOptions, ModelOptions>? options = null)
    {
        object first = batch == 0 ? "batch" : batch;
        var input = EngineRig.Tensor("images", first, 3, 64, 64);
        var output = EngineRig.Tensor("output0", first, 9, Anchors);
        var engine = rig.Engine(input, [16, 3, 64, 64], (output, RandomHeads(Anchors)));
        return new(Sign(input, output), engine, options is null ? rig.Options : options(rig.Options));
    }

    /// <summary>Boxes of all sizes in the input, most of them weak.</summary>
    private static float[] RandomHeads(int anchors)
    {
        var random = new Random(7);
        var heads = new float[Heads * 9 * anchors];
        for (var i = 0; i < heads.Length; i++)
        {
            var row = i / anchors % 9;
            heads[i] = row switch
            {
                < 2 => random.NextSingle() * 64,
                < 4 => 4 + (random.NextSingle() * 30),
                _ => MathF.Round(MathF.Pow(random.NextSingle(), 9), 6),
            };
        }

        return heads;
    }
}
