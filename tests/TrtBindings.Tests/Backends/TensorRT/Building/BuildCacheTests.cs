using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Cache;
using TrtBindings.Tests.Interop;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>A built engine is found again. After a change it is built again, and the log says why.</summary>
[Trait("Category", "Slow")]
public sealed class BuildCacheTests
{
    private static readonly TensorRtProfile Batches = new() { ["batch"] = (1, 2, 4) };

    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void A_second_start_takes_the_engine_of_the_first(int major, int minor)
    {
        using var rig = new BuildRig(major, minor);
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        EngineStore.Find(rig.Recipe(model), out var why, default).ShouldBeNull();
        why.ShouldStartWith("No engine of");
        var path = rig.Build(model);
        rig.Log.Starts.ShouldHaveSingleItem().ShouldContain($"{why}. Building an engine of '{model.Name}' with TensorRT "
            + $"{major}.{minor}.0.7 on Stand-in GPU 0");

        using (var found = EngineStore.Find(rig.Recipe(model), out why, default))
        {
            found.ShouldNotBeNull().Path.ShouldBe(path);
            why.ShouldBeEmpty();
        }

        var steps = new List<BuildProgress>();
        rig.Build(model, steps.Add).ShouldBe(path);
        steps.ShouldHaveSingleItem().Percent.ShouldBe(100);
        rig.Fake.Get("builds").ShouldBe(1);
        rig.Log.Starts.Length.ShouldBe(1);
    }

    [SkippableFact]
    public void A_model_under_another_name_is_the_same_model()
    {
        using var rig = new BuildRig();
        var path = rig.Build(rig.Save("m.onnx", BuildModels.Fixed()));
        var other = rig.Save("renamed.onnx", BuildModels.Fixed());
        using (var found = EngineStore.Find(rig.Recipe(other), out _, default)) found.ShouldNotBeNull().Path.ShouldBe(path);
        rig.Build(other).ShouldBe(path);
        rig.Build(ModelSource.FromBytes(BuildModels.Fixed().ToBytes())).ShouldBe(path);
        rig.Fake.Get("builds").ShouldBe(1);
    }

    [SkippableFact]
    public async Task Threads_that_want_one_engine_of_two_names_build_it_once()
    {
        using var rig = new BuildRig();
        ModelSource[] models = [rig.Save("a.onnx", BuildModels.Fixed()), rig.Save("b.onnx", BuildModels.Fixed())];
        rig.Fake.Set("buildMilliseconds", 20);
        await Task.WhenAll(models.Select(model => Task.Run(() => rig.Build(model))));
        rig.Fake.Get("builds").ShouldBe(1);
        rig.CacheFiles("*.engine").ShouldHaveSingleItem();
    }

    [SkippableFact]
    public void A_changed_model_is_built_again_and_says_so()
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [Batches] };
        var model = rig.Save("m.onnx", BuildModels.Shift(1, 2, 3));
        rig.Build(model);
        rig.Save("m.onnx", BuildModels.Shift(1, 2, 4));
        Why(rig, model).ShouldEndWith("does not fit: model has changed");
        rig.Build(model);
        rig.Fake.Get("builds").ShouldBe(2);
        rig.Log.Starts[1].ShouldContain("model has changed");
    }

    [SkippableFact]
    public void Changed_weights_beside_the_model_are_seen()
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [Batches] };
        var weights = Path.Combine(rig.Folder, "w.bin");
        File.WriteAllBytes(weights, new byte[12]);
        var model = rig.Save("m.onnx", BuildModels.External("w.bin"));
        rig.Build(model);
        File.WriteAllBytes(weights, [.. Enumerable.Repeat((byte)1, 12)]);
        Why(rig, model).ShouldEndWith("weights w.bin has changed");
    }

    [SkippableFact]
    public void A_changed_option_is_built_again_and_says_so()
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [Batches] };
        var model = rig.Save("m.onnx", BuildModels.Shift(1, 2, 3));
        rig.Build(model);
        var before = rig.Options;
        (TensorRtOptions Options, string Why)[] changes =
        [
            (before with { AllowTf32 = true }, "option TF32 was off, is on"),
            (before with { WorkspaceBytes = 4096 }, "option workspace was all, is 4096"),
            (before with { OptimizationLevel = 1 }, "option optimization level was default, is 1"),
            (before with { Precision = ModelPrecision.Float16 }, "precision was Float32, is Float32, Float16"),
            (before with { Refittable = true }, "option refittable was off, is on"),
            (before with { Profiles = [new() { ["batch"] = (1, 1, 4) }] }, "profiles was batch=1..2..4, is batch=1..1..4"),
            (before with { HardwareCompatibility = HardwareCompatibility.AmpereAndNewer },
                "option hardware compatibility was None, is AmpereAndNewer; "
                + "GPU was Stand-in GPU 0, is compute capability 8.0 or later"),
        ];
        foreach (var (options, why) in changes)
        {
            rig.Options = options;
            Why(rig, model).ShouldBe(
                $"Another engine of '{model.Name}' is built, and the one that was built before stays: {why}");
        }

        rig.Options = changes[0].Options;
        rig.Build(model);
        rig.Fake.Get("builds").ShouldBe(2);
        rig.Log.Starts[1].ShouldContain($"before stays: {changes[0].Why}. Building an engine of");
        rig.Options = before;
        rig.Build(model);
        rig.Fake.Get("builds").ShouldBe(2, "the first one stays");
    }

    [SkippableFact]
    public void Another_TensorRT_builds_its_own_engine_and_says_so()
    {
        using var older = new BuildRig(10, 6);
        using var newer = new BuildRig(10, 16);
        newer.Options = newer.Options with { CacheFolder = older.Options.CacheFolder };
        var model = older.Save("m.onnx", BuildModels.Fixed());
        var first = older.Build(model);
        newer.Build(model).ShouldNotBe(first);
        newer.Log.Starts.ShouldHaveSingleItem().ShouldContain("does not fit: TensorRT was 10.6.0.7, is 10.16.0.7");
        older.Build(model).ShouldBe(first);
        older.Fake.Get("builds").ShouldBe(1);
    }

    [SkippableFact]
    public void A_damaged_engine_is_built_again()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        var path = rig.Build(model);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Why(rig, model).ShouldContain("is damaged");
        using var run = new TrtRun(rig.Fake, File.ReadAllBytes(rig.Build(model)));
        run.Engine.NbIOTensors.ShouldBe(2);
        rig.Fake.Get("builds").ShouldBe(2);
        rig.Log.Starts[1].ShouldContain("is damaged");
    }

    [SkippableFact]
    public void A_cache_that_cannot_be_written_is_an_error_before_the_build()
    {
        using var rig = new BuildRig();
        var file = Path.Combine(rig.Folder, "a file");
        File.WriteAllText(file, "");
        rig.Options = rig.Options with { CacheFolder = Path.Combine(file, "cache") };
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        Why(rig, model).ShouldContain("cannot be made");
        Should.Throw<EngineCacheException>(() => rig.Build(model)).Message.ShouldContain("TensorRtOptions.CacheFolder");
        rig.Fake.Get("builds").ShouldBe(0);
    }

    [SkippableFact]
    public async Task Threads_that_want_one_engine_build_it_once()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        rig.Fake.Set("buildMilliseconds", 20);
        var paths = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => rig.Build(model))));
        paths.Distinct().ShouldHaveSingleItem();
        rig.Fake.Get("builds").ShouldBe(1);
        rig.Log.Starts.Length.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Processes_that_want_one_engine_build_it_once()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed()).Path!;
        var runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(
            () => Probe.Run(Probe.Folder, "--build", model, rig.Options.CacheFolder!, rig.Fake.Path, rig.DriverPath))));
        runs.ShouldAllBe(run => run.ExitCode == 0);
        runs.Select(run => run.Output).Distinct().ShouldHaveSingleItem().ShouldEndWith(".engine");
        // The probe announces its build on the standard error.
        runs.Count(run => run.Errors.Contains("may take minutes")).ShouldBe(1);
        rig.CacheFiles("*.engine").ShouldHaveSingleItem();
    }

    [SkippableFact]
    public void Who_waits_for_the_build_of_another_is_told_and_can_give_up()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        var cache = EngineCache.Open(rig.Options.CacheFolder, long.MaxValue);
        var key = EngineKeys.Of(rig.Recipe(model), new(cache.Folder), default);
        using var other = cache.Lock(key);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Should.Throw<OperationCanceledException>(() => rig.Build(model, null, source.Token));
        rig.Log.Lines.ShouldHaveSingleItem().ShouldContain("Another thread or process builds the engine");
        rig.Fake.Get("builds").ShouldBe(0);
    }

    [SkippableFact]
    public void A_model_that_changes_while_it_is_built_is_not_kept_under_the_key_of_the_old_one()
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { Profiles = [Batches] };
        var model = rig.Save("m.onnx", BuildModels.Shift(1, 2, 3));
        var error = Should.Throw<ModelFileException>(() => rig.Build(model, step =>
        {
            if (step.Phase == "Reading the model") rig.Save("m.onnx", BuildModels.Shift(4, 5, 6));
        }));
        error.Message.ShouldContain("changed while an engine was built");
        rig.CacheFiles("*.engine").ShouldBeEmpty();
    }

    private static string Why(BuildRig rig, ModelSource model)
    {
        EngineStore.Find(rig.Recipe(model), out var why, default).ShouldBeNull();
        why.ShouldNotContain("\n");
        return why;
    }
}
