using System.Text;

namespace TrtBindings.Generators.Tests;

/// <summary>The targets and the generator together, in real builds of a project outside the repository.</summary>
[Trait("Category", "Slow")]
public sealed class BuildTests
{
    private static readonly byte[] Weights = [1, 2, 3, 4];
    private static readonly byte[] OtherWeights = [5, 6, 7, 8];

    [Fact]
    public void A_strict_build_copies_models_with_their_weights_and_takes_up_replaced_ones()
    {
        using var consumer = new ConsumerSolution();
        var model = consumer.Add("app/models/net.onnx", WithWeights(4L));
        var weights = consumer.Add("app/models/data/net.bin", Weights);
        consumer.Add("outside/far.onnx", Models.Identity());
        consumer.Add("outside/bare.onnx", Models.YoloSeg("batch", [39L, "anchors"], [32L, 160L, 160L]));
        consumer.Add("lib/nets/lib-net.onnx", Models.Identity("input.1", "443", "n", 3L, null, "?"));

        consumer.Build();
        consumer.RunProgram().ReplaceLineEndings("\n").ShouldBe(
            """
            models/net.onnx: compiled y: float [1, 4], found y: float [1, 4]
            linked/near.onnx: compiled y: float [1, 4], found y: float [1, 4]
            bare.onnx: compiled output0: float [batch, 39, anchors], found output0: float [batch, 39, anchors]
            nets/lib-net.onnx: compiled 443: float [n, 3, ?, ?], found 443: float [n, 3, ?, ?]

            """.ReplaceLineEndings("\n"));
        File.ReadAllBytes(Path.Combine(consumer.Output, "models/data/net.bin")).ShouldBe(Weights);

        // Both files are replaced by older ones of the same length, so neither time nor length shows the change.
        var assembly = Path.Combine(consumer.Output, "App.dll");
        Replace(model, WithWeights(5L).ToBytes());
        Replace(weights, OtherWeights);
        consumer.Build();
        consumer.RunProgram().ShouldContain("models/net.onnx: compiled y: float [1, 5], found y: float [1, 5]");
        File.ReadAllBytes(Path.Combine(consumer.Output, "models/data/net.bin")).ShouldBe(OtherWeights);

        var before = File.GetLastWriteTimeUtc(assembly);
        consumer.Build();
        File.GetLastWriteTimeUtc(assembly).ShouldBe(before, "nothing changed, and it was compiled again");

        DotNet.Succeed(consumer.App, "publish", "-v:m", "-o", "published");
        string[] published = ["models/net.onnx", "models/data/net.bin", "linked/near.onnx", "bare.onnx", "nets/lib-net.onnx"];
        foreach (var file in published)
            File.Exists(Path.Combine(consumer.App, "published", file)).ShouldBeTrue(file);
        File.ReadAllBytes(Path.Combine(consumer.App, "published/models/data/net.bin")).ShouldBe(OtherWeights);

        File.Delete(weights);
        Replace(model, Encoding.UTF8.GetBytes("<html>404</html>"));
        var (exitCode, output) = DotNet.Run(consumer.App, "build", "-v:m", "--no-restore");
        exitCode.ShouldNotBe(0);
        output.ShouldContain("net.onnx(1,1): error TRTB0002: This is not an ONNX model: this is an HTML page");
    }

    [SkippableFact]
    public void Every_real_model_without_a_defect_builds_without_a_warning_under_all_analyzers()
    {
        var root = Shared.Require("realmodels");
        var models = Directory.GetFiles(root, "*.onnx", SearchOption.AllDirectories)
            .Where(p => !CompilesTests.Defects.ContainsKey(Path.GetRelativePath(root, p).Replace('\\', '/'))).ToArray();
        models.Length.ShouldBeGreaterThan(60);
        using var consumer = new ConsumerSolution();
        // The consumer treats warnings as errors.
        consumer.BuildAll(models).Length.ShouldBe(models.Length);
    }

    /// <summary>A model with its only weight in a folder beside it.</summary>
    private static OnnxModelBuilder WithWeights(long width) => Models.Identity("x", "y", 1L, width)
        .ExternalInitializer("w", ElementType.Float, [1], "data/net.bin", 0, Weights.Length);

    private static void Replace(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddYears(-2));
    }
}
