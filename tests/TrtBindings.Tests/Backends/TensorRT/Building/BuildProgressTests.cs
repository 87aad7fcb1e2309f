namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Progress and cancellation of a build.</summary>
[Trait("Category", "Slow")]
public sealed class BuildProgressTests
{
    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    public void Progress_goes_from_0_to_100_and_never_back(int major, int minor)
    {
        using var rig = new BuildRig(major, minor);
        var steps = new List<BuildProgress>();
        rig.Build(rig.Save("m.onnx", BuildModels.Fixed()), steps.Add);
        steps[0].Percent.ShouldBe(0);
        steps[^1].ShouldBe(new("Done", 1, 1, 100));
        steps.Select(step => step.Percent).ShouldBeInOrder();
        steps.Count(step => step.Percent >= 100).ShouldBe(1);
        steps.ShouldContain(step => step.Phase == "Timing the nodes" && step.Step == 4 && step.Steps == 8);
        steps.Select(step => step.Percent).Distinct().Count().ShouldBeGreaterThan(8);
        steps.ShouldAllBe(step => step.Step <= step.Steps);
    }

    [SkippableTheory]
    [InlineData(10, 6)]
    [InlineData(11, 1)]
    public void A_cancelled_build_ends_at_the_next_step_and_leaves_no_file(int major, int minor)
    {
        using var rig = new BuildRig(major, minor);
        rig.Fake.Set("buildSteps", 100_000);
        rig.Fake.Set("buildMilliseconds", 5);
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        using var source = new CancellationTokenSource();
        var after = 0;
        var error = Should.Throw<OperationCanceledException>(() => rig.Build(model, step =>
        {
            if (source.IsCancellationRequested) after++;
            else if (step is { Phase: "Timing the nodes", Step: 3 }) source.Cancel();
        }, source.Token));
        error.CancellationToken.ShouldBe(source.Token);
        error.Message.ShouldContain(model.Name);
        after.ShouldBe(0);
        rig.CacheFiles("*").Select(Path.GetExtension).Distinct().ShouldBe([".lock"]);
        rig.ShouldBeClean("builder", "builderConfig", "network", "hostMemory");

        rig.Fake.Set("buildSteps", 2);
        File.Exists(rig.Build(model)).ShouldBeTrue();
    }

    [SkippableFact]
    public void A_build_that_was_cancelled_before_it_starts_does_not_start()
    {
        using var rig = new BuildRig();
        Should.Throw<OperationCanceledException>(
            () => rig.Build(rig.Save("m.onnx", BuildModels.Fixed()), null, new CancellationToken(true)));
        rig.Fake.Get("builds").ShouldBe(0);
        rig.Log.Starts.ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_listener_that_throws_ends_the_build_with_its_error()
    {
        using var rig = new BuildRig();
        rig.Fake.Set("buildSteps", 100_000);
        rig.Fake.Set("buildMilliseconds", 5);
        var error = Should.Throw<EngineBuildException>(() => rig.Build(rig.Save("m.onnx", BuildModels.Fixed()), step =>
        {
            if (step is { Phase: "Timing the nodes", Step: 2 }) throw new InvalidOperationException("no more of this");
        }));
        error.Message.ShouldContain("no more of this");
        error.InnerException!.InnerException.ShouldBeOfType<InvalidOperationException>();
        rig.CacheFiles("*.engine").ShouldBeEmpty();
    }
}
