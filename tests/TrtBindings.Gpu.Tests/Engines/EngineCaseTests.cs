using System.Globalization;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>Every ready engine on every case that was run elsewhere, against ONNX Runtime's results.</summary>
public sealed class EngineCaseTests
{
    private const string Group = "ready engines against ONNX Runtime";

    public static TheoryData<string> Names => [.. EngineNames.Runnable];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Every_case_of_an_engine_equals_its_reference(string name)
    {
        using var engine = ReadyEngine.Load(name);
        engine.Model.Backend.Kind.ShouldBe(BackendKind.TensorRT);
        var cases = engine.Entry.Cases.ShouldNotBeNull();
        cases.ShouldNotBeEmpty();
        var worst = 0.0;
        // Forwards and backwards: the second time every run follows a larger or a smaller one.
        foreach (var entry in (ManifestCase[])[.. cases, .. cases.Reverse()])
        {
            using var inputs = engine.Inputs(entry.Inputs);
            using var outputs = engine.Outputs(entry.Inputs);
            worst = Math.Max(worst, CaseCheck.Run(engine, entry, inputs, outputs));
        }

        FigureLog.Check(Group, $"{name}, {cases.Length} cases",
            string.Create(CultureInfo.InvariantCulture, $"{worst:F3} of what is allowed"),
            "twice the recorded error, or 1e-5 of the largest value", worst <= 1);
    }

    [SkippableFact]
    public void The_names_here_are_those_of_the_manifest()
    {
        var built = Manifest.Require().Engines.Where(engine => engine.IsBuilt).Select(engine => engine.Engine);
        built.ShouldBe([.. EngineNames.Runnable, EngineNames.Stripped], ignoreOrder: true);
    }
}
