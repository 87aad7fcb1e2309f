using System.Text.Json;

namespace TrtBindings.Cli.Tests;

/// <summary><c>trtb cache</c> on a cache that an SDK process filled with a stand-in TensorRT, and on empty ones.</summary>
public sealed class CacheTests : IDisposable
{
    private static readonly string Segmenter = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-seg.onnx");

    private readonly PlantedMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_cache_that_is_not_there_is_empty_and_is_not_made()
    {
        var folder = _machine.PathOf("none");
        var run = Tool.Run("cache", "list", "--cache", folder, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("engines").GetArrayLength().ShouldBe(0);
        Directory.Exists(folder).ShouldBeFalse();
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void An_engine_is_listed_explained_and_removed()
    {
        var (folder, model) = Filled();
        var engine = _machine.Run("cache", "list", "--cache", folder, "--json").Json.GetProperty("engines")[0];
        engine.GetProperty("model").GetString().ShouldBe(model);
        engine.GetProperty("modelExists").GetBoolean().ShouldBeTrue();
        engine.GetProperty("bytes").GetInt64().ShouldBeGreaterThan(0);
        engine.GetProperty("tensorRt").GetString()!.ShouldStartWith("10.16.");
        engine.GetProperty("gpu").GetString().ShouldNotBeEmpty();

        _machine.Run("cache", "why", model, "--cache", folder).Output.ShouldContain("The cache has the engine.");
        var why = _machine.Run("cache", "why", model, "--cache", folder, "--precision", "fp16", "--json");
        why.ExitCode.ShouldBe(1, why.Error);
        why.Json.GetProperty("why").GetString()!.ShouldContain("precision was Float32, is Float32, Float16");
        File.WriteAllBytes(model, Model(scale: 3));
        _machine.Run("cache", "why", model, "--cache", folder).Output.ShouldContain("model has changed");

        // Nobody can answer without a terminal.
        _machine.Run("cache", "clear", "--cache", folder).ShouldBeOneLine(2, "Give --yes.");
        _machine.Run("cache", "clear", "--cache", folder, "--model", Segmenter,
            "--yes").Output.ShouldContain("0 engines removed");
        var cleared = _machine.Run("cache", "clear", "--cache", folder, "--yes", "--json");
        cleared.Json.GetProperty("removed").GetInt32().ShouldBe(1);
        Directory.GetFiles(folder, "*.engine").ShouldBeEmpty();
        _machine.Run("cache", "list", "--cache", folder).Output.ShouldContain("no engines");
    }

    [Theory]
    [InlineData("missing.onnx")]
    [InlineData("README.md")]
    public void Why_of_a_file_that_is_no_model_is_one_line(string name) =>
        Tool.Run("cache", "why", Path.Combine(TestPaths.RepositoryRoot, name)).ShouldBeOneLine(2, name);

    [SkippableFact]
    public void Why_without_TensorRT_is_exit_code_3()
    {
        Skip.If(File.Exists("/dev/nvidiactl"), "This machine has a GPU.");
        var model = _machine.PathOf("model.onnx");
        File.WriteAllBytes(model, Model(scale: 2));
        _machine.Run("cache", "why", model).ShouldBeOneLine(3, "CUDA driver");
    }

    [Fact]
    public void A_damaged_description_is_no_engine()
    {
        var folder = Directory.CreateDirectory(_machine.PathOf("cache")).FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(folder, "best-0123.json"), JsonSerializer.Serialize(new { Format = 1 }));
        Tool.Run("cache", "list", "--cache", folder, "--json").Json.GetProperty("engines").GetArrayLength().ShouldBe(0);
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void What_cannot_be_read_is_listed_and_cleared_and_no_file_of_others_is()
    {
        var (folder, model) = Filled();
        var engine = Directory.GetFiles(folder, "*.engine").Single();
        var description = Directory.GetFiles(folder, "*.json").Single();
        // Files that only look as if: another name, another folder, a key that is none.
        string[] foreign =
        [
            "notes.json", "best-0123.json", "mine.engine", $"model-{new string('g', 24)}.json",
            $"model-{new string('a', 24)}.txt", $"mo del-{new string('a', 24)}.json", $"{new string('a', 24)}.refused",
        ];
        foreach (var name in foreign) File.WriteAllText(Path.Combine(folder, name), "{");
        List(folder, "unreadable").GetArrayLength().ShouldBe(0);

        File.WriteAllText(description, "{");
        // One without any description, and a verdict that is half written.
        var orphan = Path.Combine(folder, $"other-{new string('b', 24)}-{new string('c', 12)}.engine");
        File.WriteAllText(orphan, "plan");
        var verdict = Path.Combine(folder, $"{new string('d', 24)}-{new string('e', 12)}.refused");
        File.WriteAllText(verdict, "{\"format\":1");
        List(folder, "engines").GetArrayLength().ShouldBe(0);
        var unreadable = List(folder, "unreadable");
        unreadable.EnumerateArray().Select(one => string.Join(' ', one.GetProperty("files").EnumerateArray()))
            .ShouldBe([$"{description} {engine}", orphan, verdict], ignoreOrder: true);
        unreadable.EnumerateArray().ShouldAllBe(one => one.GetProperty("bytes").GetInt64() > 0);
        var said = _machine.Run("cache", "list", "--cache", folder).Output.ReplaceLineEndings(" ");
        foreach (var text in (string[])["is damaged", "no description names", "'trtb cache clear' removes it"])
            said.ShouldContain(text);

        // Whose they are is not known: they stay if one model's engines go.
        _machine.Run("cache", "clear", "--cache", folder, "--model", model, "--yes").Output.ShouldContain("0 engines removed");
        File.Exists(engine).ShouldBeTrue();
        _machine.Run("cache", "clear", "--cache", folder).ShouldBeOneLine(2, "Give --yes.");
        var cleared = _machine.Run("cache", "clear", "--cache", folder, "--yes", "--json").Json;
        (cleared.GetProperty("removed").GetInt32(), cleared.GetProperty("unreadable").GetInt32()).ShouldBe((0, 3));
        foreach (var gone in (string[])[engine, description, orphan, verdict]) File.Exists(gone).ShouldBeFalse(gone);
        foreach (var name in foreign) File.Exists(Path.Combine(folder, name)).ShouldBeTrue(name);
        List(folder, "unreadable").GetArrayLength().ShouldBe(0);
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void An_engine_that_is_being_built_is_not_taken_for_one_without_a_description()
    {
        var (folder, _) = Filled();
        var description = Directory.GetFiles(folder, "*.json").Single();
        File.Delete(description);
        // The other one is that of the timing cache.
        var held = Directory.GetFiles(folder, "*.lock").Single(path => !path.EndsWith(".times.lock", StringComparison.Ordinal));
        using (new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            List(folder, "unreadable").GetArrayLength().ShouldBe(0);
            _machine.Run("cache", "clear", "--cache", folder, "--yes").ExitCode.ShouldBe(0);
            Directory.GetFiles(folder, "*.engine").Length.ShouldBe(1);
        }

        _machine.Run("cache", "clear", "--cache", folder, "--yes").Output.ShouldContain("1 unreadable ones removed");
        Directory.GetFiles(folder, "*.engine").ShouldBeEmpty();
    }

    private JsonElement List(string folder, string property) =>
        _machine.Run("cache", "list", "--cache", folder, "--json").Json.GetProperty(property);

    /// <summary>A cache with the engine of a small model, built by the tool on stand-ins.</summary>
    private (string Folder, string Model) Filled()
    {
        _machine.PlantDriver();
        _machine.PlantTensorRt();
        var (folder, model) = (_machine.PathOf("cache"), _machine.PathOf("model.onnx"));
        File.WriteAllBytes(model, Model(scale: 2));
        // Stand-ins compute nothing that could be compared.
        var build = _machine.Run("build", model, "--cache", folder, "--parity", "off");
        build.ExitCode.ShouldBe(0, build.Output + build.Error);
        return (folder, model);
    }

    private static byte[] Model(int scale) => new OnnxModelBuilder().Producer($"scale {scale}")
        .Input("x", ElementType.Float, 1, 4).Output("y", ElementType.Float, 1, 4).Node("Relu", ["x"], ["y"]).ToBytes();
}
