using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Tests;

/// <summary>The shipped generator in the oldest supported compiler, in a later one, and in the SDK's own.</summary>
[Trait("Category", "Slow")]
public sealed class HostTests : IDisposable
{
    private const string Use =
        """
        internal static class Use
        {
            public static float Index(MyApp.Seg.Inputs inputs) => inputs.Images[0][3, 0, 0];
            public static object Size(MyApp.Seg model) => model.AllocateInputs(batch: -1);
        }
        """;

    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Compiler 4.8", "4.800.")]
    [InlineData("Compiler 4.14", "4.1400.")]
    [InlineData("Compiler of the SDK", "5.")]
    public void Every_compiler_gets_the_same_classes_and_compiles_them_as_CSharp_12(string name, string version)
    {
        string[] models = [.. Samples()];
        var expected = HostedGeneration.Run(models, Use);
        var actual = CompilerHost.Generate(name, models, sources: Use);
        actual[0].ShouldStartWith(version);
        actual[1].ShouldBe(name);
        actual.Skip(HostedGeneration.Results).ShouldBe(expected.Skip(HostedGeneration.Results));
        actual.ShouldContain(line => line.StartsWith("reported: TRTB0003", StringComparison.Ordinal));
        actual.Where(line => line.StartsWith("analyzed:", StringComparison.Ordinal)).Select(line => line[10..18])
            .ShouldBe(["TRTB0300", "TRTB0302", "TRTB0120", "TRTB0120", "TRTB0120"]);
        actual.Count(line => line.StartsWith("source:", StringComparison.Ordinal)).ShouldBe(models.Length - 1);
        actual.ShouldNotContain(line => line.StartsWith("problem:", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("Compiler 4.8")]
    [InlineData("Compiler 4.14")]
    [InlineData("Compiler of the SDK")]
    public void Every_compiler_says_the_same_of_every_real_model(string name)
    {
        var models = Directory.GetFiles(Shared.Require("realmodels"), "*.onnx", SearchOption.AllDirectories);
        var actual = CompilerHost.Generate(name, models);
        actual.Length.ShouldBeGreaterThan(60);
        actual.Skip(HostedGeneration.Results).ShouldBe(HostedGeneration.Run(models).Skip(HostedGeneration.Results));
        actual.ShouldNotContain(line => line.StartsWith("problem:", StringComparison.Ordinal));
    }

    /// <summary>Compiler 4.8 is that of the oldest SDK. A compiler ignores a generator built for a newer one.</summary>
    [Fact]
    public void The_tests_themselves_run_in_the_oldest_compiler() =>
        typeof(Compilation).Assembly.GetName().Version!.ToString(2).ShouldBe("4.8");

    private IEnumerable<string> Samples()
    {
        yield return _folder.Add("seg.onnx", Models.YoloSeg("batch", [39L, "anchors"], [32L, 160L, 160L]));
        yield return _folder.Add("text.onnx", new OnnxModelBuilder().Documentation("Ranks <by> \"length\".")
            .Input("tokens", ElementType.Int64, "batch", null).Input("class", ElementType.String, "batch")
            .Graph(g => g.Input("prior", OnnxType.Unranked(ElementType.Float16)))
            .Output("scores", ElementType.BFloat16, "batch", "found").Output("total", ElementType.Double)
            .Node("Identity", ["tokens"], ["scores"]));
        yield return _folder.Add("labels.onnx",
            Models.Identity().Metadata("names", "{0: 'hot dog', 1: 'Hot-Dog', 2: '', 3: \"d'or\", 4: '7up', 5: 'ñ'}"));
        yield return _folder.Add("damaged.onnx", [0x08]);
    }
}
