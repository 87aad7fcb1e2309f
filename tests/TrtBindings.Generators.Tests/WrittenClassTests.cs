using System.Text;

namespace TrtBindings.Generators.Tests;

/// <summary>With <c>TrtEmitSource</c> the build writes the classes as files, and the generator does not add them.</summary>
[Trait("Category", "Slow")]
public sealed class WrittenClassTests
{
    private const string Emit = "-p:TrtEmitSource=true";

    private static readonly string[] DesignTime =
    [
        "msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true", "-p:SkipCompilerExecution=true",
        "-p:ProvideCommandLineArgs=true", "-getItem:CscCommandLineArgs", Emit,
    ];

    [Fact]
    public void The_files_have_the_generators_text_to_the_byte()
    {
        using var consumer = new ConsumerSolution();
        AddModels(consumer);
        foreach (var file in Directory.GetFiles(
            Path.Combine(TestPaths.RepositoryRoot, "samples", "models"), "*.onnx", SearchOption.AllDirectories))
            consumer.Add("app/models/" + Path.GetFileName(file), File.ReadAllBytes(file));
        // Items that say all that an item can say, and names that are written as %XX or with @ on the way.
        consumer.Add("app/said/odd#name;é%20.onnx", Models.Identity("in", "get type", "class", 3L));
        consumer.Write("app/Directory.Build.targets",
            """
            <Project>
              <PropertyGroup><RootNamespace>App.record.Ü</RootNamespace></PropertyGroup>
              <ItemGroup>
                <AdditionalFiles Include="said/*.onnx" TrtName=" Said " TrtNamespace="Of.Mine" TrtVisibility="Internal"
                                 TrtProfile="class=1..2..4 | class=8" TrtPrecision="fp16" TrtBackend="TensorRT"
                                 TrtRename="in=First" />
              </ItemGroup>
              <Import Project="../Directory.Build.targets" />
            </Project>
            """);
        consumer.WriteProgram("App.@record.Ü.Net", "App.@record.Ü.DeskSeg", "Lib.LibNet");
        string[] build = ["build", "-v:m", "-p:EmitCompilerGeneratedFiles=true"];

        DotNet.Succeed(consumer.App, build);
        var generated = Generated(consumer);
        generated.Count.ShouldBeGreaterThan(12);
        generated.Values.ShouldContain(text => text.Contains("internal sealed partial class Said :", StringComparison.Ordinal));
        generated.Values.ShouldContain(text => text.Contains("namespace App.@record.", StringComparison.Ordinal));
        Directory.Delete(Path.Combine(consumer.App, "obj", "Debug"), recursive: true);

        DotNet.Succeed(consumer.App, [.. build, Emit]);
        Written(consumer).ShouldBe(generated);
        Generated(consumer).ShouldBeEmpty();
    }

    [Fact]
    public void They_follow_models_and_items_and_a_build_without_a_change_writes_nothing()
    {
        using var consumer = new ConsumerSolution();
        AddModels(consumer);
        var extra = consumer.Add("app/models/extra.onnx", WithWeights());
        consumer.Add("app/models/data/extra.bin", new byte[4]);
        Build();
        consumer.RunProgram().ShouldContain("onnx/App/models/net.onnx: compiled y: float [1, 4]");

        var before = Times(consumer);
        before.Keys.ShouldContain("extra.onnx.g.cs");
        var models = Path.Combine(consumer.App, "obj", "Debug", "net10.0", "App.TrtModels.txt");
        var time = File.GetLastWriteTimeUtc(models);
        Build();
        File.GetLastWriteTimeUtc(models).ShouldBe(time);
        Times(consumer).ShouldBe(before, "nothing changed, and something was written");

        // A model with another signature: its class alone is written anew.
        consumer.Add("app/models/net.onnx", Models.Identity("x", "y", 1L, 5L));
        Build();
        consumer.RunProgram().ShouldContain("onnx/App/models/net.onnx: compiled y: float [1, 5]");
        Changed().ShouldBe(["App.TrtClasses.txt", "App.dll", "net.onnx.g.cs"]);

        // A retrained model of the same signature: no class is.
        consumer.Add("app/models/net.onnx", Models.Identity("x", "y", 1L, 5L).Metadata("epoch", "2"));
        Build();
        Written(consumer).Values.ShouldAllBe(text => !text.Contains("epoch", StringComparison.Ordinal));
        Changed().ShouldNotContain("extra.onnx.g.cs");

        consumer.Write("app/Directory.Build.targets",
            """
            <Project>
              <ItemGroup><AdditionalFiles Update="models/extra.onnx" TrtName="Renamed" /></ItemGroup>
              <Import Project="../Directory.Build.targets" />
            </Project>
            """);
        Build();
        Changed().ShouldBe(["App.TrtClasses.txt", "App.dll", "extra.onnx.g.cs"]);
        Written(consumer).Values.ShouldContain(text => text.Contains("class Renamed :", StringComparison.Ordinal));

        File.Delete(extra);
        Build();
        Times(consumer).Keys.ShouldBe(before.Keys.Except(["extra.onnx.g.cs"]));

        // An editor asks what it would compile. It builds nothing first.
        DotNet.Succeed(consumer.App, "clean", "-v:m", Emit);
        Times(consumer).ShouldBeEmpty();
        DotNet.Succeed(consumer.App, DesignTime).ShouldContain("net.onnx.g.cs");
        Written(consumer).Count.ShouldBe(3);
        DotNet.Succeed(consumer.App, "clean", "-v:m", Emit);
        Times(consumer).ShouldBeEmpty();

        void Build() => DotNet.Succeed(consumer.App, "build", "-v:m", Emit);

        string[] Changed()
        {
            var (then, now) = (before, Times(consumer));
            before = now;
            return [.. now.Keys.Where(name => then.GetValueOrDefault(name) != now[name])];
        }
    }

    [Fact]
    public void A_project_without_models_builds_and_classes_vanish_with_their_models()
    {
        using var consumer = new ConsumerSolution();
        consumer.Write("app/App.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup><AdditionalFiles Include="models/**/*.onnx" /></ItemGroup>
            </Project>
            """);
        consumer.Write("app/Program.cs", "");
        Build();
        var obj = Path.Combine(consumer.App, "obj", "Debug", "net10.0");
        Directory.GetFiles(obj, "*.Trt*").ShouldBeEmpty();

        var model = consumer.Add("app/models/net.onnx", Models.Identity());
        Build();
        Written(consumer).Keys.ShouldHaveSingleItem().ShouldEndWith("net.onnx.g.cs");
        File.Delete(model);
        Build();
        Written(consumer).ShouldBeEmpty();

        // Without the list of models too, which then has nothing to say.
        consumer.Add("app/models/net.onnx", Models.Identity());
        Build();
        Written(consumer).ShouldHaveSingleItem();
        File.Delete(model);
        File.Delete(Path.Combine(obj, "App.TrtModels.txt"));
        Build();
        Written(consumer).ShouldBeEmpty();

        void Build() => DotNet.Succeed(consumer.App, "build", "-v:m", Emit);
    }

    [Fact]
    public void A_build_goes_on_while_another_one_holds_the_records()
    {
        using var consumer = new ConsumerSolution();
        AddModels(consumer);
        Build();
        var classes = Written(consumer);
        var obj = Path.Combine(consumer.App, "obj", "Debug", "net10.0");
        string[] records = [Path.Combine(obj, "App.TrtModels.txt"), Path.Combine(obj, "App.TrtClasses.txt")];
        using (Hold(records[0]))
        using (Hold(records[1]))
        {
            Build();
            Written(consumer).ShouldBe(classes);
        }

        // A model that changes meanwhile has its new class at once.
        using (Hold(records[0]))
        using (Hold(records[1]))
        {
            consumer.Add("app/models/net.onnx", Models.Identity("x", "y", 1L, 5L));
            Build();
            consumer.RunProgram().ShouldContain("onnx/App/models/net.onnx: compiled y: float [1, 5]");
        }

        Build();
        var before = Times(consumer);
        Build();
        Times(consumer).ShouldBe(before);
        Directory.GetFiles(obj, "*.tmp").ShouldBeEmpty();

        void Build() => DotNet.Succeed(consumer.App, "build", "-v:m", Emit);

        static FileStream Hold(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void What_is_wrong_with_a_model_or_project_is_said_once()
    {
        using var consumer = new ConsumerSolution();
        AddModels(consumer);
        consumer.Write("app/Directory.Build.targets",
            """
            <Project>
              <ItemGroup><AdditionalFiles Update="models/net.onnx" TrtNamme="Net" /></ItemGroup>
              <Import Project="../Directory.Build.targets" />
            </Project>
            """);
        var output = Fail("-p:LangVersion=14");
        output.ShouldContain("net.onnx(1,1): error TRTB0113: ");
        output.ShouldContain(" 1 Error(s)");
        Fail("-p:LangVersion=11", "-p:BuildProjectReferences=false").ShouldContain("error TRTB0025: ");
        Written(consumer).ShouldBeEmpty("the compiler would not understand them");

        string Fail(params string[] more)
        {
            var (exitCode, output) = DotNet.Run(consumer.App, ["build", "-v:m", Emit, .. more]);
            exitCode.ShouldNotBe(0, output);
            return output;
        }
    }

    private static OnnxModelBuilder WithWeights() =>
        Models.Identity().ExternalInitializer("w", ElementType.Float, [1], "data/extra.bin", 0, 4);

    private static void AddModels(ConsumerSolution consumer)
    {
        consumer.Add("app/models/net.onnx", Models.Identity());
        consumer.Add("outside/far.onnx", Models.Identity());
        consumer.Add("outside/bare.onnx", Models.YoloSeg("batch", [39L, "anchors"], [32L, 160L, 160L]));
        consumer.Add("lib/nets/lib-net.onnx", Models.Identity("input.1", "443", "n", 3L, null, "?"));
    }

    private static SortedDictionary<string, string> Written(ConsumerSolution consumer) =>
        Texts(Path.Combine(consumer.App, "obj", "Debug", "net10.0", "TrtClasses"));

    private static SortedDictionary<string, string> Generated(ConsumerSolution consumer) => Texts(Path.Combine(
        consumer.App, "obj", "Debug", "net10.0", "generated", "TrtBindings.Generators", "TrtBindings.Generators.OnnxGenerator"));

    /// <summary>The files of a folder by their path in it. A byte is a character, so that nothing is lost.</summary>
    private static SortedDictionary<string, string> Texts(string folder) => new(
        Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
                file => Path.GetRelativePath(folder, file), file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))
            : [], StringComparer.Ordinal);

    /// <summary>When each file was written: the classes, the record of what they were made from, and the program.</summary>
    private static SortedDictionary<string, DateTime> Times(ConsumerSolution consumer)
    {
        var obj = Path.Combine(consumer.App, "obj", "Debug", "net10.0");
        var files = Directory.GetFiles(obj, "*.onnx.g.cs", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(obj, "App.TrtClasses.txt")).Concat(Directory.GetFiles(obj, "App.dll"));
        return new(files.ToDictionary(file => Path.GetFileName(file), File.GetLastWriteTimeUtc), StringComparer.Ordinal);
    }
}
