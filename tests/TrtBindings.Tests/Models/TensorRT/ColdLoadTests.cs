using TrtBindings.Tests.Backends;
using TrtBindings.Tests.Backends.TensorRT.Building;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>A load that builds reads each file no more often than it must, and can be cancelled.</summary>
[Trait("Category", "Slow")]
public sealed class ColdLoadTests : IDisposable
{
    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void A_load_that_builds_hashes_the_model_once_and_never_opens_the_plan()
    {
        var model = Path.Combine(_rig.Folder, "double.onnx");
        File.WriteAllBytes(model, TestModels.Double());
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Cache);
        else Directory.CreateDirectory(Cache, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var models = new OpenCounter(_rig.Folder);
        using var plans = new OpenCounter(Cache);
        using (DeclaredModel.Load(model, _rig.Building)) { }
        // To describe it, to hash it for the one key, to parse it, and to compare the engine with it.
        models.Take().Count(name => name == "double.onnx").ShouldBe(4);
        plans.Take().ShouldNotContain(name => name.EndsWith(".engine"), "the new engine is handed on in memory");
        _rig.Trt.Get("builds").ShouldBe(1);

        using (DeclaredModel.Load(model, _rig.Building)) { }
        models.Take().Count(name => name == "double.onnx").ShouldBe(2, "it is not parsed");
        plans.Take().Count(name => name.EndsWith(".engine")).ShouldBe(1);

        DeclaredModel.BuildEngine(model, _rig.Options).WasBuilt.ShouldBeFalse();
        plans.Take().Count(name => name.EndsWith(".engine")).ShouldBe(1);
    }

    [SkippableFact]
    public void A_load_that_builds_ends_when_its_token_is_cancelled_and_leaves_no_engine()
    {
        _rig.Trt.Set("buildSteps", 100_000);
        _rig.Trt.Set("buildMilliseconds", 5);
        using var source = new CancellationTokenSource();
        var options = _rig.Building;
        // Also where another backend could take the model: whoever cancels wants no model at all.
        options.RequiredBackend = null;
        options.TensorRT.Progress = new Listener(step =>
        {
            if (step is { Phase: "Timing the nodes", Step: 3 }) source.Cancel();
        });
        var error = Should.Throw<OperationCanceledException>(() => DeclaredModel.Load(options, source.Token));
        error.CancellationToken.ShouldBe(source.Token);
        Directory.GetFiles(Cache, "*.engine").ShouldBeEmpty();
        _rig.Trt.Set("buildSteps", 2);
        using var model = DeclaredModel.Load(_rig.Building);
        model.Backend.Kind.ShouldBe(BackendKind.TensorRT);
    }

    private string Cache => _rig.Options.TensorRT.CacheFolder!;
}
