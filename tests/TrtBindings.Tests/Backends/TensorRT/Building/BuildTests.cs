using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Building engines from models and running them.</summary>
[Trait("Category", "Slow")]
public sealed class BuildTests
{
    private static readonly TensorRtProfile Batches = new() { ["batch"] = (1, 2, 4) };

    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 6)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void A_model_becomes_an_engine_that_runs(int major, int minor)
    {
        using var rig = new BuildRig(major, minor);
        rig.Options = rig.Options with { Profiles = [Batches] };
        var path = rig.Build(rig.Save("shift.onnx", BuildModels.Shift(1, -2, 3)));
        using (var run = new TrtRun(rig.Fake, File.ReadAllBytes(path)))
        {
            run.Give("x", [2, 3], 0, 0, 0, 10, 20, -30);
            var y = run.Place("y", 6);
            run.Context.EnqueueV3(0);
            y.ToArray().ShouldBe([1, 0, 3, 11, 18, 0]);
            run.Engine.GetProfileShape(new("x"), 0, TrtOptProfileSelector.Max).ToArray().ShouldBe([4, 3]);
        }

        rig.Fake.Get("builds").ShouldBe(1);
        rig.ShouldBeClean("builder", "builderConfig", "network", "profile", "hostMemory", "timingCache");
        rig.Parser.Get("live.parser").ShouldBe(0);
        rig.Parser.Get("orderErrors").ShouldBe(0);
        rig.Parser.Get("absentCalls").ShouldBe(0);
    }

    [SkippableFact]
    public void A_model_in_memory_becomes_one_too()
    {
        using var rig = new BuildRig();
        var bytes = BuildModels.Fixed().ToBytes();
        var path = rig.Build(ModelSource.FromBytes(bytes));
        using var run = new TrtRun(rig.Fake, File.ReadAllBytes(path));
        run.Engine.GetTensorShape(new("x")).ToArray().ShouldBe([2]);
        rig.Parser.Get("filesParsed").ShouldBe(0);
    }

    [SkippableFact]
    public void Weights_beside_the_model_are_read_through_its_file()
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [Batches] };
        File.WriteAllBytes(Path.Combine(rig.Folder, "w.bin"), [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64]);
        var path = rig.Build(rig.Save("external.onnx", BuildModels.External("w.bin")));
        rig.Parser.Get("filesParsed").ShouldBe(1);
        using var run = new TrtRun(rig.Fake, File.ReadAllBytes(path));
        run.Give("x", [1, 3], 0, 0, 0);
        var y = run.Place("y", 3);
        run.Context.EnqueueV3(0);
        y.ToArray().ShouldBe([1, 2, 3]);
    }

    [SkippableTheory]
    [InlineData("?", "?", true)]
    [InlineData("", "", true)]
    [InlineData("height", "width", true)]
    [InlineData("side", "side", false)]
    public void Placeholders_are_sizes_of_their_own_and_equal_names_are_equal_sizes(string height, string width, bool runs)
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [new() { [NameOf(height, 1)] = (1, 4, 8), [NameOf(width, 2)] = (1, 4, 8) }] };
        var path = rig.Build(rig.Save("image.onnx", BuildModels.Image(height, width)));
        using var run = new TrtRun(rig.Fake, File.ReadAllBytes(path));
        run.Context.SetInputShape(new("x"), new(1, 6, 6));
        run.Shape("y").ShouldBe([1, 6, 6]);
        run.Context.SetInputShape(new("x"), new(1, 4, 6));
        run.Context.GetTensorShape(new("y")).IsValid.ShouldBe(runs);

        static string NameOf(string dimension, int axis) => dimension is "" or "?" ? $"x[{axis}]" : dimension;
    }

    /// <summary>As an InsightFace SCRFD: the builder of 10.6 takes no profile of unequal sizes for one name.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_profile_may_have_other_sizes_for_each_placeholder(bool external)
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [new() { ["x[1]"] = (1, 480, 800), ["x[2]"] = (1, 640, 800) }] };
        var model = BuildModels.Image("?", "?");
        if (external)
        {
            File.WriteAllBytes(Path.Combine(rig.Folder, "w.bin"), [0, 0, 128, 63]);
            model = model.ExternalInitializer("w", ElementType.Float, [1], "w.bin", 0, 4)
                .Output("z", ElementType.Float, 1, "?", "?").Node("Add", ["x", "w"], ["z"]);
        }

        using var run = new TrtRun(rig.Fake, File.ReadAllBytes(rig.Build(rig.Save("image.onnx", model))));
        run.Context.SetInputShape(new("x"), new(1, 2, 3));
        run.Shape("y").ShouldBe([1, 2, 3]);
        if (!external) return;
        run.Give("x", [1, 2, 3], 1, 2, 3, 4, 5, 6);
        run.Place("y", 6);
        var z = run.Place("z", 6);
        run.Context.EnqueueV3(0);
        z.ToArray().ShouldBe([2, 3, 4, 5, 6, 7]);
    }

    [SkippableFact]
    public void Every_profile_is_in_the_engine()
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [Batches, new() { ["batch"] = (5, 16, 64) }] };
        using var run = new TrtRun(rig.Fake, File.ReadAllBytes(rig.Build(rig.Save("m.onnx", BuildModels.Shift(1, 2, 3)))));
        run.Engine.NbOptimizationProfiles.ShouldBe(2);
        run.Engine.GetProfileShape(new("x"), 1, TrtOptProfileSelector.Opt).ToArray().ShouldBe([16, 3]);
    }
}
