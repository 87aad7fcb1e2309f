using TrtBindings.TensorRT.Building;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Nested phases, whose number is not known beforehand, become one percentage.</summary>
public sealed class BuildProgressTreeTests
{
    private readonly List<BuildProgress> _steps = [];

    private double Percent => _steps[^1].Percent;

    [Fact]
    public void A_phase_inside_a_step_fills_that_step_and_no_more()
    {
        var tree = new BuildProgressTree(new Listener(_steps.Add), default);
        tree.PhaseStarted("all", null, 2);
        tree.PhaseStarted("inner", "all", 10);
        tree.StepCompleted("inner", 4);
        Percent.ShouldBe(0.9 * 0.5 * 0.9 * 0.5 * 100, 0.01);
        tree.PhaseFinished("inner");
        Percent.ShouldBe(0.9 * 0.5 * 0.9 * 100, 0.01);
        tree.StepCompleted("all", 0);
        Percent.ShouldBe(45, 0.01);
        tree.StepCompleted("all", 1);
        Percent.ShouldBe(90, 0.01);
        tree.PhaseFinished("all");
        Percent.ShouldBe(90, 0.01);
    }

    [Fact]
    public void A_hundred_phases_one_after_the_other_never_reach_the_end()
    {
        var tree = new BuildProgressTree(new Listener(_steps.Add), default);
        for (var i = 0; i < 100; i++)
        {
            tree.PhaseStarted($"phase {i}", null, 3);
            for (var step = 0; step < 3; step++) tree.StepCompleted($"phase {i}", step).ShouldBeTrue();
            tree.PhaseFinished($"phase {i}");
        }

        _steps.ShouldAllBe(step => step.Percent < 100);
        _steps.Select(step => step.Percent).ShouldBeInOrder();
        tree.Done();
        Percent.ShouldBe(100);
    }

    [Fact]
    public void Phases_side_by_side_share_their_step()
    {
        var tree = new BuildProgressTree(new Listener(_steps.Add), default);
        tree.PhaseStarted("all", null, 1);
        tree.PhaseStarted("a", "all", 2);
        tree.PhaseStarted("b", "all", 2);
        tree.StepCompleted("a", 1);
        Percent.ShouldBe(0.9 * 0.9 * 0.5 * 100, 0.01);
        tree.StepCompleted("b", 1);
        Percent.ShouldBe(0.9 * 0.9 * 100, 0.01);
    }

    [Fact]
    public void Phases_that_nobody_announced_and_odd_numbers_do_no_harm()
    {
        var tree = new BuildProgressTree(new Listener(_steps.Add), default);
        tree.StepCompleted("unknown", 3).ShouldBeTrue();
        tree.PhaseFinished("unknown");
        tree.PhaseStarted("orphan", "gone", 0);
        tree.StepCompleted("orphan", 7).ShouldBeTrue();
        tree.PhaseFinished("orphan");
        tree.PhaseFinished("orphan");
        _steps.ShouldAllBe(step => step.Percent >= 0 && step.Percent < 100 && step.Step <= step.Steps);
    }

    [Fact]
    public void Steps_from_many_threads_come_one_at_a_time_and_in_order()
    {
        var inside = 0;
        var tree = new BuildProgressTree(new Listener(step =>
        {
            Interlocked.Increment(ref inside).ShouldBe(1);
            _steps.Add(step);
            Interlocked.Decrement(ref inside);
        }), default);
        tree.PhaseStarted("all", null, 1);
        Parallel.For(0, 8, i =>
        {
            tree.PhaseStarted($"{i}", "all", 50);
            for (var step = 0; step < 50; step++) tree.StepCompleted($"{i}", step).ShouldBeTrue();
            tree.PhaseFinished($"{i}");
        });
        _steps.Select(step => step.Percent).ShouldBeInOrder();
        _steps.Count.ShouldBe(1 + (8 * 52));
    }
}
