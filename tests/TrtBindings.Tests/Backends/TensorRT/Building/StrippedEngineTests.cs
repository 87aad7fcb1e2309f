using TrtBindings.TensorRT.Running;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Engines without weights get them from the model.</summary>
[Trait("Category", "Slow")]
public sealed class StrippedEngineTests
{
    private static readonly TensorRtProfile Batches = new() { ["batch"] = (1, 2, 4) };

    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void A_stripped_engine_computes_after_its_weights_came_from_the_model(int major, int minor)
    {
        using var rig = new BuildRig(major, minor);
        rig.Options = rig.Options with { Profiles = [Batches], StripWeights = true };
        var model = rig.Save("m.onnx", BuildModels.Shift(1, 2, 3));
        using var run = new TrtRun(rig.Fake, File.ReadAllBytes(rig.Build(model)));
        Run(run).ShouldNotBe([1, 2, 3]);
        EngineRefit.Refit(rig.Host, run.Engine, model, model.Describe());
        Run(run).ShouldBe([1, 2, 3]);
        rig.Fake.Get("live.refitter").ShouldBe(0);
        rig.Parser.Get("live.parserRefitter").ShouldBe(0);
        rig.Parser.Get("absentCalls").ShouldBe(0);
    }

    [SkippableFact]
    public void Weights_beside_the_model_and_other_weights_come_too()
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [Batches], Refittable = true };
        var file = Path.Combine(rig.Folder, "w.bin");
        File.WriteAllBytes(file, new byte[12]);
        var model = rig.Save("m.onnx", BuildModels.External("w.bin"));
        using var run = new TrtRun(rig.Fake, File.ReadAllBytes(rig.Build(model)));
        Run(run).ShouldBe([0, 0, 0]);
        File.WriteAllBytes(file, [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64]);
        EngineRefit.Refit(rig.Host, run.Engine, model, model.Describe());
        Run(run).ShouldBe([1, 2, 3]);
    }

    [SkippableFact]
    public void A_model_without_the_weights_is_refused()
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [Batches], StripWeights = true };
        using var run = new TrtRun(rig.Fake, File.ReadAllBytes(rig.Build(rig.Save("m.onnx", BuildModels.Shift(1, 2, 3)))));
        var other = rig.Save("other.onnx", BuildModels.Fixed());
        Should.Throw<TensorRtException>(() => EngineRefit.Refit(rig.Host, run.Engine, other, other.Describe()))
            .Message.ShouldContain("no weights called w");
        rig.Fake.Get("live.refitter").ShouldBe(0);
    }

    private static float[] Run(TrtRun run)
    {
        run.Give("x", [1, 3], 0, 0, 0);
        var y = run.Place("y", 3);
        run.Context.EnqueueV3(0);
        return y.ToArray();
    }
}
