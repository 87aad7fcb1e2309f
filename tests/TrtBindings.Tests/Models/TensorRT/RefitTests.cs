using TrtBindings.TestSupport;
using TrtBindings.Tests.Backends;
using TrtBindings.Tests.Backends.TensorRT.Building;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>New weights of the same graph go into a loaded model without a build.</summary>
[Trait("Category", "Slow")]
public sealed class RefitTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void A_refit_changes_the_results_and_not_the_cache_and_builds_nothing()
    {
        using var model = Load();
        using var run = new Pair(model);
        run.Values().ShouldBe([1, 2, 3]);
        var engine = Directory.GetFiles(CacheFolder, "*.engine").ShouldHaveSingleItem();
        var before = File.ReadAllBytes(engine);
        model.Refit(Save(10, 20, 30));
        run.Values().ShouldBe([10, 20, 30]);
        _rig.Trt.Get("builds").ShouldBe(1);
        File.ReadAllBytes(engine).ShouldBe(before);
        using var again = Load();
        using var other = new Pair(again);
        other.Values().ShouldBe([1, 2, 3], "the next load starts with the weights of the file that it loads");
        run.Values().ShouldBe([10, 20, 30]);
    }

    [SkippableFact]
    public void Captured_graphs_are_dropped_and_captured_again_with_the_new_weights()
    {
        using var model = Load();
        using var run = new Pair(model);
        for (var i = 0; i < 4; i++) run.Values().ShouldBe([1, 2, 3]);
        _rig.Driver.Live("execs").ShouldBe(1);
        model.Refit(Save(4, 5, 6));
        _rig.Driver.Live("execs").ShouldBe(0);
        for (var i = 0; i < 4; i++) run.Values().ShouldBe([4, 5, 6]);
        _rig.Driver.Live("execs").ShouldBe(1);
    }

    [SkippableFact]
    public async Task Runs_in_flight_finish_with_the_old_weights_and_new_runs_wait_for_the_new_ones()
    {
        using var model = Load();
        using var inFlight = new Pair(model);
        inFlight.Values();
        var path = Save(10, 20, 30);
        _rig.Driver.Hold(true);
        var old = model.RunAsync(inFlight.Inputs, inFlight.Outputs);
        var refit = Task.Run(() => model.Refit(path));
        await Task.Delay(100);
        refit.IsCompleted.ShouldBeFalse();
        using var later = new Pair(model);
        var next = Task.Run(later.Values);
        await Task.Delay(100);
        next.IsCompleted.ShouldBeFalse();
        _rig.Driver.Hold(false);
        await old.WaitAsync(Guard);
        inFlight.Read().ShouldBe([1, 2, 3]);
        await refit.WaitAsync(Guard);
        (await next.WaitAsync(Guard)).ShouldBe([10, 20, 30]);
    }

    [SkippableFact]
    public async Task Waiting_for_runs_in_flight_can_be_cancelled_and_leaves_the_old_weights()
    {
        using var model = Load();
        using var run = new Pair(model);
        run.Values();
        var path = Save(10, 20, 30);
        using var source = new CancellationTokenSource();
        _rig.Driver.Hold(true);
        var task = model.RunAsync(run.Inputs, run.Outputs);
        var refit = Task.Run(() => model.Refit(path, source.Token));
        await Task.Delay(50);
        source.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(refit.WaitAsync(Guard));
        _rig.Driver.Hold(false);
        await task.WaitAsync(Guard);
        run.Values().ShouldBe([1, 2, 3]);
    }

    [SkippableFact]
    public void Weights_that_do_not_fit_are_refused_and_the_old_ones_stay()
    {
        using var model = Load();
        using var run = new Pair(model);
        var other = Path.Combine(_rig.Folder, "other.onnx");
        File.WriteAllBytes(other, BuildModels.Unshifted().ToBytes());
        Should.Throw<TensorRtException>(() => model.Refit(other));
        run.Values().ShouldBe([1, 2, 3]);
        File.WriteAllBytes(other, BuildModels.Fixed().ToBytes());
        Should.Throw<SignatureMismatchException>(() => model.Refit(other));
        Should.Throw<ModelFileException>(() => model.Refit(Path.Combine(_rig.Folder, "none.onnx")));
        run.Values().ShouldBe([1, 2, 3]);
    }

    [SkippableFact]
    public void Weights_that_TensorRT_fails_to_write_stop_every_run_until_a_refit_succeeds()
    {
        using var model = Load();
        using var run = new Pair(model);
        run.Values();
        var path = Save(10, 20, 30);
        _rig.Trt.Set("fail.refit", 1);
        Should.Throw<TensorRtException>(() => model.Refit(path)).Function.ShouldBe("IRefitter.refitCudaEngine");
        var error = Should.Throw<TensorRtException>(() => model.Run(run.Inputs, run.Outputs));
        error.Message.ShouldContain("the weights are undefined. Call Refit again");
        Should.Throw<TensorRtException>(() => model.RunAsync(run.Inputs, run.Outputs).GetAwaiter().GetResult());
        model.Refit(path);
        run.Values().ShouldBe([10, 20, 30]);
    }

    [SkippableFact]
    public void An_engine_that_was_not_built_refittable_names_the_option()
    {
        using var model = Load(options => options.Refittable = false);
        var error = Should.Throw<ModelOptionException>(() => model.Refit(Save(4, 5, 6)));
        error.Option.ShouldBe("TensorRtOptions.Refittable");
        error.Message.ShouldContain("TensorRtOptions.Refittable");
        using var run = new Pair(model);
        run.Values().ShouldBe([1, 2, 3]);
    }

    [SkippableFact]
    public void Another_backend_names_the_option()
    {
        using var model = UntypedModel.Load(TestModels.Identity(), ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        var error = Should.Throw<ModelOptionException>(() => model.Refit("any.onnx"));
        error.Option.ShouldBe("ModelOptions.RequiredBackend");
        error.Message.ShouldContain("ONNX Runtime");
    }

    [SkippableFact]
    public void A_disposed_model_takes_no_weights()
    {
        var model = Load();
        model.Dispose();
        Should.Throw<ObjectDisposedException>(() => model.Refit(Save(4, 5, 6)));
    }

    private string CacheFolder => _rig.Options.TensorRT.CacheFolder!;

    private UntypedModel Load(Action<TensorRtOptions>? change = null)
    {
        var options = _rig.Building;
        options.TensorRT.Refittable = true;
        options.TensorRT.Profiles = [new() { ["batch"] = (1, 1, 4) }];
        change?.Invoke(options.TensorRT);
        return UntypedModel.Load(BuildModels.Shift(1, 2, 3).ToBytes(), options);
    }

    private string Save(params float[] weights)
    {
        var path = Path.Combine(_rig.Folder, "retrained.onnx");
        File.WriteAllBytes(path, BuildModels.Shift(weights).ToBytes());
        return path;
    }

    /// <summary>Inputs of zeros, so that the results are the weights.</summary>
    private sealed class Pair(UntypedModel model) : IDisposable
    {
        public UntypedModel.Inputs Inputs { get; } = model.CreateInputs(1);

        public UntypedModel.Outputs Outputs { get; } = model.CreateOutputs(1);

        public float[] Values()
        {
            model.Run(Inputs, Outputs);
            return Read();
        }

        public float[] Read() => Outputs.Get<float>(0).Span.ToArray();

        public void Dispose()
        {
            Inputs.Dispose();
            Outputs.Dispose();
        }
    }
}
