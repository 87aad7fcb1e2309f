using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Faults;

/// <summary>Engine files that are not right: a typed error each, and other models go on.</summary>
public sealed class EngineFaultTests
{
    private const string Engine = "mnist_n1-64_fp32";

    /// <summary>Where a plan says which TensorRT built it (major, minor, patch, build), and its serialization version.</summary>
    private const int VersionOffset = 24;
    private const int TagOffset = 84;

    [SkippableFact]
    public void A_truncated_engine_is_a_typed_error() =>
        Check("truncated", plan => plan[..(plan.Length / 2)]).ShouldBeOfType<EngineFileException>();

    [SkippableFact]
    public void An_engine_that_lost_its_last_byte_is_a_typed_error() =>
        Check("its last byte missing", plan => plan[..^1]).ShouldBeOfType<EngineFileException>();

    [SkippableFact]
    public void A_file_that_is_no_engine_is_a_typed_error() =>
        Check("no engine", plan => [.. plan.Select(value => (byte)~value)]).ShouldBeOfType<EngineFileException>();

    [SkippableFact]
    public void An_engine_of_another_version_is_a_typed_error_that_names_both()
    {
        var error = Check("of another version", plan =>
        {
            plan[VersionOffset + 1]--;
            plan[TagOffset]--;
            return plan;
        });
        error.ShouldBeOfType<EngineFileException>().Message.ShouldContain("10.5");
        error.Message.ShouldContain("10.6");
    }

    [SkippableFact]
    public void A_version_compatible_engine_is_not_opened_without_leave()
    {
        var entry = ReadyEngine.Require("mnist_n1-64_fp32_vc");
        using var witness = new Witness();
        var options = ModelOptions.Require(BackendKind.TensorRT);
        // Whether TensorRT opens one that came without its lean runtime is its own affair; a wrong answer would not be.
        var error = Record.Exception(() => Digits.LoadEngine(entry.PlanPath(), options).Dispose());
        FigureLog.Report("faults", "version-compatible engine without VersionCompatible set", error?.Message ?? "opened");
        if (error is not null) error.ShouldBeAssignableTo<TrtBindingsException>();
    }

    [SkippableFact]
    public void An_engine_of_another_class_is_a_typed_error_that_names_the_difference()
    {
        var other = ReadyEngine.Require("unet_n1-16_fp32");
        using var witness = new Witness();
        var error = Record.Exception(
            () => Digits.LoadEngine(other.PlanPath(), ModelOptions.Require(BackendKind.TensorRT)).Dispose());
        FigureLog.Report("faults", "engine of another class", error?.Message ?? "none");
        error.ShouldBeAssignableTo<TrtBindingsException>();
        var mismatch = error as SignatureMismatchException ?? error!.InnerException as SignatureMismatchException;
        (mismatch?.Message ?? error!.Message).ShouldContain("input");
    }

    [SkippableFact]
    public void A_batch_outside_the_profile_is_a_typed_error_with_its_range()
    {
        var entry = ReadyEngine.Require(Engine);
        using var witness = new Witness();
        using var model = Digits.LoadEngine(entry.PlanPath(), ReadyEngine.Options(entry));
        using var inputs = model.AllocateInputs(batch: 65);
        using var outputs = model.AllocateOutputs(batch: 65);
        var error = Should.Throw<TrtBindingsException>(() => model.Run(inputs, outputs));
        FigureLog.Report("faults", "batch outside the profile", error.Message);
        error.Message.ShouldContain("65");
        error.Message.ShouldContain("64");
        inputs.Resize(batch: 64);
        model.Run(inputs, outputs);
    }

    /// <summary>Loads a changed copy of an engine beside a model that must not notice.</summary>
    private static Exception Check(string what, Func<byte[], byte[]> change)
    {
        var entry = ReadyEngine.Require(Engine);
        using var witness = new Witness();
        var path = Path.Combine(GpuData.Scratch(), $"{Guid.NewGuid():N}.plan");
        try
        {
            File.WriteAllBytes(path, change(File.ReadAllBytes(entry.PlanPath())));
            var error = Record.Exception(
                () => Digits.LoadEngine(path, ModelOptions.Require(BackendKind.TensorRT)).Dispose()).ShouldNotBeNull();
            // A backend that was required and refused wraps what the engine's file is refused for.
            if (error is BackendUnavailableException { InnerException: TrtBindingsException inner }) error = inner;
            FigureLog.Report("faults", $"engine {what}", $"{error.GetType().Name}: {error.Message.Replace(path, "x.plan")}");
            return error;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
