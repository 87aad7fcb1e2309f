using System.Text.RegularExpressions;

namespace TrtBindings.Generators.Tests;

/// <summary>The code on the pages about the GPU compiles against a generated class.</summary>
public sealed partial class GpuPageTests
{
    /// <summary>Variables that a sample uses and does not declare.</summary>
    private static readonly (string Name, string Type)[] Given =
    [
        ("model", "DeskSeg"), ("inputs", "DeskSeg.Inputs"), ("outputs", "DeskSeg.Outputs"), ("work", "InkWork"),
        ("engine", "YoloSegEngine<DeskSeg.Label>"), ("camera", "Camera"), ("video", "ImageMemory[]"), ("image", "GpuImage"),
        ("ready", "GpuEvent"), ("released", "GpuEvent"), ("decoder", "GpuQueue"), ("y", "nint"), ("uv", "nint"), ("pitch", "int"),
    ];

    /// <summary>What the methods of a sample use of their class.</summary>
    private const string Members = """
        private readonly GpuEvent written = null!, read = null!;
        private readonly GpuKernel _stretch = null!;
        private readonly DeviceBuffer _pixels = null!, _frame = null!;
        private readonly PinnedBuffer _pictures = null!, _pinned = null!;
        private readonly int _batch = 1, _bytes = 1, _pixelsPerPicture = 1;
        private const int FrameBytes = 1;
        public DeviceBuffer Input { get; } = null!;
        """;

    private const string Application = """
        using System;
        using System.Collections.Generic;
        using TrtBindings.Vision;
        namespace MyApp;
        internal abstract class Camera
        {
            public abstract void ReadInto(Span<byte> pixels);
        }
        internal static class Application
        {
            public static void Show(IReadOnlyList<InstanceDetection<DeskSeg.Label>> found) => Console.WriteLine(found.Count);
            public static void Blend(nint mask, int rowBytes) => Console.WriteLine($"{mask} {rowBytes}");
        }
        """;

    [Trait("Category", "Slow")]
    [Theory]
    [InlineData("gpu-pipeline.md", 6)]
    [InlineData("gpu-kernels.md", 4)]
    public void Every_sample_compiles(string page, int least)
    {
        var text = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "docs", page));
        var samples = CSharpBlock().Matches(text).Select(match => match.Groups["code"].Value).ToList();
        samples.Count.ShouldBeGreaterThanOrEqualTo(least);
        if (!samples.Exists(IsClass)) samples.Add("internal sealed class InkWork : GpuWork\n{\n}");
        var model = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-seg.onnx");
        GeneratorRun.Of([model], "MyApp", sources: [Application, .. samples.Select(Program)]).Problems.ShouldBeEmpty();
    }

    private static string Program(string sample, int number)
    {
        var code = IsClass(sample) ? Brace().Replace(sample, $"{{\n{Members}\n", 1)
            : sample.StartsWith("protected ", StringComparison.Ordinal)
            ? $"internal sealed class Work{number} : GpuWork\n{{\n{Members}\n{sample}\n}}"
            : Method(sample, number);
        return $"""
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Threading.Tasks;
            using TrtBindings;
            using TrtBindings.Vision;
            using static MyApp.Application;
            namespace MyApp;
            #pragma warning disable CS0414 // A sample shows some methods of a class and not what the others use.
            {code}
            """;
    }

    private static string Method(string sample, int number)
    {
        var given = Given.Where(one => Regex.IsMatch(sample, $@"\b{one.Name}\b") && !sample.Contains($"var {one.Name} "))
            .Select(one => $"{one.Type} {one.Name}");
        return $$"""
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

    private static bool IsClass(string sample) => sample.StartsWith("internal sealed class", StringComparison.Ordinal);

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\{\r?\n")]
    private static partial Regex Brace();
}
