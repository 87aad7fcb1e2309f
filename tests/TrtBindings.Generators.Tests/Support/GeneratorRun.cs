extern alias generator;

using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using generator::TrtBindings.Generators;
using generator::TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Tests;

/// <summary>One run of the generator over model files, as a build would do it.</summary>
internal sealed partial class GeneratorRun
{
    private GeneratorRun(GeneratorDriver driver, Compilation output)
    {
        Driver = driver;
        Output = output;
        Result = driver.GetRunResult().Results.Single();
    }

    public GeneratorDriver Driver { get; }

    /// <summary>The consumer with the generated code.</summary>
    public Compilation Output { get; }

    public GeneratorRunResult Result { get; }

    /// <summary>The models, for the analyzers.</summary>
    public IReadOnlyList<AdditionalText> Texts { get; private init; } = [];

    /// <summary>The options that the build gives the analyzers.</summary>
    public TestOptions Options { get; private init; } = new(null, new Dictionary<string, string>());

    /// <summary>Ids of the warnings and errors, in order.</summary>
    public string[] Ids => [.. Result.Diagnostics.Where(d => d.Severity > DiagnosticSeverity.Info)
        .Select(d => d.Id).Order(StringComparer.Ordinal)];

    /// <summary>Ids of the information diagnostics, in order.</summary>
    public string[] Notes => [.. Result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Info)
        .Select(d => d.Id).Order(StringComparer.Ordinal)];

    /// <summary>Messages of the warnings and errors, each after its id.</summary>
    public string[] Messages => [.. Result.Diagnostics.Where(d => d.Severity > DiagnosticSeverity.Info)
        .Select(d => d.Id + " " + d.GetMessage()).Order(StringComparer.Ordinal)];

    /// <summary>The one generated file.</summary>
    public string Source => Result.GeneratedSources.Single().SourceText.ToString();

    /// <summary>The generated file without attributes of parameters, and with the parameters of a method on one line.</summary>
    public string SourceWithoutSizes => SizesText().Replace(Source, m => m.Groups[1].Value == "(" ? "(" : ", ");

    /// <summary>Warnings and errors of the compiler for consumer and generated code.</summary>
    public string[] Problems => Compiler.Problems(Output);

    /// <summary>A model as the driver has it. A host reports a changed file by another object with the same path.</summary>
    public AdditionalText TextOf(string path) => Result.TrackedSteps[TrackingNames.Read]
        .SelectMany(s => s.Outputs).Select(o => ((OpenedFile)o.Value).Text).Single(t => t.Path == path);

    /// <summary>The consumer with its generated classes, which must compile without a warning.</summary>
    public Assembly Load()
    {
        using var assembly = new MemoryStream();
        Compiler.Problems(Output, assembly).ShouldBeEmpty();
        return Assembly.Load(assembly.ToArray());
    }

    public static GeneratorRun Of(params string[] paths) => Of(paths, "MyApp");

    /// <param name="paths">The models.</param>
    /// <param name="rootNamespace">The project's root namespace.</param>
    /// <param name="targets">Where the build copies them, by path.</param>
    /// <param name="sources">The consumer's own code.</param>
    public static GeneratorRun Of(
        string[] paths, string? rootNamespace, Dictionary<string, string>? targets = null, params string[] sources) =>
        Of(paths, rootNamespace, targets, null, sources);

    private static GeneratorRun Of(
        string[] paths, string? rootNamespace, Dictionary<string, string>? targets,
        Dictionary<string, Dictionary<string, string>>? metadata, string[] sources)
    {
        AdditionalText[] texts = [.. paths.Select(p => new BinaryAdditionalText(p))];
        var options = new TestOptions(rootNamespace, targets ?? [], metadata);
        var driver = CSharpGeneratorDriver.Create(
            [new OnnxGenerator().AsSourceGenerator()], texts, Compiler.ParseOptions, options,
            new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        var ran = driver.RunGeneratorsAndUpdateCompilation(Compiler.Compilation(sources), out var output, out _);
        return Checked(new(ran, output) { Texts = texts, Options = options });
    }

    /// <summary>A model made in memory.</summary>
    public static GeneratorRun Of(OnnxModelBuilder model, string name = "model.onnx", params string[] sources)
    {
        using var folder = new ModelFolder();
        return Of([folder.Add(name, model)], "MyApp", sources: sources);
    }

    /// <summary>A model with metadata on its item.</summary>
    public static GeneratorRun WithItem(
        OnnxModelBuilder model, Dictionary<string, string> metadata, params string[] sources)
    {
        using var folder = new ModelFolder();
        var path = folder.Add("model.onnx", model);
        return Of([path], "MyApp", null, new() { [path] = metadata }, sources);
    }

    /// <summary>Models with metadata on their items, by path.</summary>
    public static GeneratorRun WithItems(
        string[] paths, Dictionary<string, Dictionary<string, string>> metadata, params string[] sources) =>
        Of(paths, "MyApp", null, metadata, sources);

    public static GeneratorRun Run(GeneratorDriver driver, Compilation compilation)
    {
        var ran = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return Checked(new(ran, output));
    }

    private static GeneratorRun Checked(GeneratorRun run)
    {
        run.Result.Exception.ShouldBeNull();
        TestOptions.CheckLinks(run.Result.Diagnostics);
        return run;
    }

    [GeneratedRegex(@"([(,])\s*\[Trt::DimensionSizes\(.*?\)\] (?=long)")]
    private static partial Regex SizesText();
}
