using System.Text.RegularExpressions;

namespace TrtBindings.Generators.Tests;

/// <summary>The code in the documents compiles against a generated class.</summary>
public sealed partial class DocumentSampleTests
{
    /// <summary>Variables that a sample uses and does not declare.</summary>
    private static readonly (string Name, string Type)[] Given =
    [
        ("model", "DeskSeg"), ("inputs", "DeskSeg.Inputs"), ("outputs", "DeskSeg.Outputs"), ("logger", "ILogger"),
        ("token", "CancellationToken"), ("pixels", "float[]"),
    ];

    [Fact]
    public void Every_sample_about_TensorRT_compiles()
    {
        var text = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "docs/tensorrt.md"));
        var samples = CSharpBlock().Matches(text).Select(match => match.Groups["code"].Value).ToArray();
        samples.Length.ShouldBeGreaterThanOrEqualTo(5);
        var model = Models.YoloSeg("batch", [39L, 8400L], [32L, 160L, 160L]);
        GeneratorRun.Of(model, "desk-seg.onnx", [.. samples.Select(Program)]).Problems.ShouldBeEmpty();
    }

    public static TheoryData<string> EnginePages { get; } =
    [
        .. new DirectoryInfo(Path.Combine(TestPaths.RepositoryRoot, "docs", "engines")).GetFiles("*.md").Select(one => one.Name),
    ];

    [Trait("Category", "Slow")]
    [Theory]
    [MemberData(nameof(EnginePages))]
    public void Every_sample_about_engines_compiles_against_the_shipped_models(string page)
    {
        var text = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "docs", "engines", page));
        var samples = CSharpBlock().Matches(text).Select(match => match.Groups["code"].Value).ToArray();
        samples.ShouldNotBeEmpty();
        // No model of this family is shipped.
        using var folder = new ModelFolder();
        var detr = folder.Add("rtdetr.onnx", new OnnxModelBuilder()
            .Input("images", ElementType.Float, "batch", 3L, 640L, 640L).Output("output0", ElementType.Float, "batch", 300L, 6L)
            .Node("Relu", ["images"], ["output0"])
            .Metadata("head", "RTDETRDecoder").Metadata("names", "{0: 'person', 1: 'bus'}"));
        string[] models =
        [
            .. Directory.GetFiles(
                Path.Combine(TestPaths.RepositoryRoot, "samples", "models"), "*.onnx", SearchOption.AllDirectories),
            detr,
        ];
        GeneratorRun.Of(models, "MyApp", sources: [.. samples.Select(EngineProgram)]).Problems.ShouldBeEmpty();
    }

    private static string EngineProgram(string sample, int number)
    {
        // A method that awaits has no parameter that is a view.
        var awaits = sample.Contains("await ");
        (string Name, string Type)[] given =
        [
            ("photo", awaits ? "ImageMemory" : "ImageView"), ("face", "FaceDetection"), ("pixels", "byte[]"),
            ("width", "int"), ("height", "int"),
            ("list", "List<Detection<DeskDetect.Label>>"),
        ];
        var parameters = given.Where(one => !sample.Contains($"var {one.Name} ")).Select(one => $"{one.Type} {one.Name}");
        return $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading;
            using System.Threading.Tasks;
            using TrtBindings;
            using TrtBindings.Vision;
            namespace MyApp;
            internal static class Sample{{number}}
            {
                public static {{(awaits ? "async Task" : "void")}} Do({{string.Join(", ", parameters)}})
                {
                    {{sample}}
                }
            }
            """;
    }

    private static string Program(string sample, int number)
    {
        var given = Given.Where(one => !sample.Contains($"var {one.Name} ")).Select(one => $"{one.Type} {one.Name}");
        return $$"""
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.Extensions.Logging;
            using TrtBindings;
            namespace MyApp;
            internal static class Sample{{number}}
            {
                public static async Task Do({{string.Join(", ", given)}})
                {
                    {{sample}}
                    await Task.Yield();
                }
            }
            """;
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
