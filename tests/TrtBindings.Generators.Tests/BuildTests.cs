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
            onnx/App/models/net.onnx: compiled y: float [1, 4], found y: float [1, 4]
            onnx/App/linked/near.onnx: compiled y: float [1, 4], found y: float [1, 4]
            onnx/App/bare.onnx: compiled output0: float [batch, 39, anchors], found output0: float [batch, 39, anchors]
            onnx/Lib/nets/lib-net.onnx: compiled 443: float [n, 3, ?, ?], found 443: float [n, 3, ?, ?]

            """.ReplaceLineEndings("\n"));
        File.ReadAllBytes(Path.Combine(consumer.Output, "onnx/App/models/data/net.bin")).ShouldBe(Weights);

        // Both files are replaced by older ones of the same length, so neither time nor length shows the change.
        var assembly = Path.Combine(consumer.Output, "App.dll");
        Replace(model, WithWeights(5L).ToBytes());
        Replace(weights, OtherWeights);
        consumer.Build();
        consumer.RunProgram().ShouldContain("onnx/App/models/net.onnx: compiled y: float [1, 5], found y: float [1, 5]");
        File.ReadAllBytes(Path.Combine(consumer.Output, "onnx/App/models/data/net.bin")).ShouldBe(OtherWeights);

        var before = File.GetLastWriteTimeUtc(assembly);
        consumer.Build();
        File.GetLastWriteTimeUtc(assembly).ShouldBe(before, "nothing changed, and it was compiled again");

        DotNet.Succeed(consumer.App, "publish", "-v:m", "-o", "published");
        string[] published =
        [
            "onnx/App/models/net.onnx", "onnx/App/models/data/net.bin", "onnx/App/linked/near.onnx", "onnx/App/bare.onnx",
            "onnx/Lib/nets/lib-net.onnx",
        ];
        foreach (var file in published)
            File.Exists(Path.Combine(consumer.App, "published", file)).ShouldBeTrue(file);
        File.ReadAllBytes(Path.Combine(consumer.App, "published/onnx/App/models/data/net.bin")).ShouldBe(OtherWeights);

        File.Delete(weights);
        Replace(model, Encoding.UTF8.GetBytes("<html>404</html>"));
        var (exitCode, output) = DotNet.Run(consumer.App, "build", "-v:m", "--no-restore");
        exitCode.ShouldNotBe(0);
        output.ShouldContain("net.onnx(1,1): error TRTB0002: This is not an ONNX model: this is an HTML page");
    }

    [Fact]
    public void A_build_without_a_change_opens_no_model_and_still_copies_its_weights()
    {
        using var consumer = new ConsumerSolution();
        var model = consumer.Add("app/models/net.onnx", WithWeights(4L));
        var weights = consumer.Add("app/models/data/net.bin", Weights);
        consumer.Add("outside/far.onnx", Models.Identity());
        consumer.Add("outside/bare.onnx", Models.Identity());
        consumer.Add("lib/nets/lib-net.onnx", Models.Identity());
        consumer.Build();

        // Nobody can read it any more, and neither length nor time says so: what is known of it must come from the last build.
        var time = File.GetLastWriteTimeUtc(model);
        File.WriteAllBytes(model, new byte[new FileInfo(model).Length]);
        File.SetLastWriteTimeUtc(model, time);
        Replace(weights, OtherWeights);
        consumer.Build();
        File.ReadAllBytes(Path.Combine(consumer.Output, "onnx/App/models/data/net.bin")).ShouldBe(OtherWeights);

        // With its new time it is another model, and opened.
        File.SetLastWriteTimeUtc(model, time.AddSeconds(1));
        var (exitCode, output) = DotNet.Run(consumer.App, "build", "-v:m", "--no-restore");
        exitCode.ShouldNotBe(0);
        output.ShouldContain("net.onnx(1,1): error TRTB0002");
    }

    [Fact]
    public void A_wildcard_finds_no_copies_and_odd_names_links_and_late_items_build_as_others_do()
    {
        using var consumer = new ConsumerSolution();
        consumer.Add("lib/nets/lib-net.onnx", Models.Identity());
        consumer.Add("app/nets/lib-net.onnx", Models.Identity("x", "y", 2L));
        foreach (var name in new[] { "net#1", "net#2", "yolo%20v8", "semi;colon" })
            consumer.Add($"app/models/{name}.onnx", Models.Identity());
        consumer.Add("late/late.onnx", Models.Identity());
        // As the cache of a model hub lays it out.
        var blob = consumer.Add("blobs/aaa", WithWeights(4L));
        consumer.Add("blobs/bbb", Weights);
        consumer.Link("app/hub/linked.onnx", "../../blobs/aaa");
        consumer.Link("app/hub/data/net.bin", "../../../blobs/bbb");
        consumer.Write("app/App.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup>
                <AdditionalFiles Include="**/*.onnx" />
                <AdditionalFiles Update="models/net#2.onnx" CopyToPublishDirectory="Never" />
                <ProjectReference Include="../lib/Lib.csproj" />
              </ItemGroup>
              <Target Name="Late" BeforeTargets="TrtResolveModels">
                <ItemGroup><OnnxModel Include="../late/late.onnx" Link="late.onnx" /></ItemGroup>
              </Target>
            </Project>
            """);
        consumer.WriteProgram("App.Net1", "App.Net2", "App.Yolo20v8", "App.SemiColon", "App.Late", "App.Linked", "App.LibNet",
            "Lib.LibNet");

        consumer.Build();
        consumer.Build();
        var identity = "compiled y: float [1, 4], found y: float [1, 4]";
        consumer.RunProgram().ReplaceLineEndings("\n").ShouldBe(
            $"""
            onnx/App/models/net#1.onnx: {identity}
            onnx/App/models/net#2.onnx: {identity}
            onnx/App/models/yolo%20v8.onnx: {identity}
            onnx/App/models/semi;colon.onnx: {identity}
            onnx/App/late.onnx: {identity}
            onnx/App/hub/linked.onnx: compiled y: float [1, 4], found y: float [1, 4]
            onnx/App/nets/lib-net.onnx: compiled y: float [2], found y: float [2]
            onnx/Lib/nets/lib-net.onnx: {identity}

            """.ReplaceLineEndings("\n"));

        Replace(blob, WithWeights(5L).ToBytes());
        consumer.Build();
        consumer.RunProgram().ShouldContain("onnx/App/hub/linked.onnx: compiled y: float [1, 5], found y: float [1, 5]");

        DotNet.Succeed(consumer.App, "publish", "-v:m", "-o", "published");
        Directory.GetFiles(Path.Combine(consumer.App, "published/onnx/App/models")).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal).ShouldBe(["net#1.onnx", "semi;colon.onnx", "yolo%20v8.onnx"]);
        File.Exists(Path.Combine(consumer.App, "published/onnx/Lib/nets/lib-net.onnx")).ShouldBeTrue();
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
