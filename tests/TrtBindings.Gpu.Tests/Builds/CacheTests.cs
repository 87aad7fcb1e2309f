using System.Diagnostics;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>What a second build, another option and another name of the model do.</summary>
public sealed class CacheTests
{
    private const string Group = "builds";

    [SkippableFact]
    public void A_second_build_finds_the_first_and_another_option_builds_again()
    {
        using var build = new OneBuild("mnist_n1-64_fp32");
        build.Run().WasBuilt.ShouldBeTrue();
        build.Run().WasBuilt.ShouldBeFalse();
        build.Options = build.Options with { Refittable = true };
        build.Run().WasBuilt.ShouldBeTrue();
        build.Run().WasBuilt.ShouldBeFalse();
        build.Options = build.Options with { Profiles = [new() { ["batch"] = (1, 4, 32) }] };
        build.Run().WasBuilt.ShouldBeTrue();
        var model = Path.Combine(build.Folder, "other.onnx");
        File.Copy(build.Model, model);
        build.Model = model;
        // The same content under another name is the same model.
        build.Run().WasBuilt.ShouldBeFalse();
    }

    [SkippableFact]
    public void The_timing_cache_shortens_a_second_build()
    {
        using var build = new OneBuild("unet_n1-16_fp32");
        var first = build.Run();
        foreach (var file in Directory.EnumerateFiles(build.Folder))
            if (!Path.GetFileName(file).Contains("timing", StringComparison.OrdinalIgnoreCase)) File.Delete(file);
        var second = build.Run();
        second.WasBuilt.ShouldBeTrue();
        FigureLog.Check(Group, "unet FP32, first build and second with the timing cache",
            $"{FigureLog.Text(first.Duration.TotalSeconds, "s")}, {FigureLog.Text(second.Duration.TotalSeconds, "s")}",
            "the second is shorter", second.Duration < first.Duration);
    }

    [SkippableFact]
    public void A_further_build_and_a_refusal_do_not_start_the_builder_again()
    {
        using var build = new OneBuild();
        var first = build.Run().Times.ShouldNotBeNull();
        build.Options = build.Options with { AllowTf32 = true };
        var second = build.Run().Times.ShouldNotBeNull();
        build.Model = Manifest.Require("types_int16").ModelPath();
        build.Options = ManifestBuild.AnyOptions(build.Model, build.Folder);
        var start = Stopwatch.GetTimestamp();
        Should.Throw<EngineBuildException>(() => build.Run());
        var refused = Stopwatch.GetElapsedTime(start);
        FigureLog.Report(Group, "a model of one node: first build, second build", $"{first} / {second}");
        FigureLog.CheckAll(
            new(Group, "starting the builder, the first and the second time",
                $"{FigureLog.Text(first.Starting.TotalSeconds, "s")}, {FigureLog.Text(second.Starting.TotalSeconds, "s")}",
                "the second under 0.1 s", second.Starting.TotalSeconds < 0.1),
            new(Group, "a refusal after a build", FigureLog.Text(refused.TotalSeconds, "s"), "1 s", refused.TotalSeconds < 1));
    }

    [SkippableFact]
    public void Engines_of_two_precisions_stay_beside_each_other_and_the_log_says_that_one_is_added()
    {
        using var build = new OneBuild("mnist_n1-64_fp32");
        var lines = new LineLogger();
        var first = build.Run(lines);
        build.Options = build.Options with { Precision = ModelPrecision.Float16 };
        build.Run(lines).WasBuilt.ShouldBeTrue();
        lines.Text.ShouldContain("is built, and the one that was built before stays: "
            + "precision was Float32, is Float32, Float16");
        lines.Text.ShouldNotContain("does not fit");
        build.Options = build.Options with { Precision = null };
        (build.Run().WasBuilt, File.Exists(first.Path)).ShouldBe((false, true));
    }
}
