using Microsoft.CodeAnalysis.CSharp;

namespace TrtBindings.Generators.Tests;

/// <summary>Defects of a project: its models get in each other's way, or its settings do not fit.</summary>
public sealed class ProjectDiagnosticTests
{
    [Fact]
    public void Two_models_of_one_class_name()
    {
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of(
            folder.Add("a/yolo-n.onnx", Models.Identity()), folder.Add("a/yolo_n.onnx", Models.Identity()));
        var diagnostic = run.Result.Diagnostics.ShouldHaveSingleItem();
        diagnostic.Id.ShouldBe("TRTB0020");
        diagnostic.Location.GetLineSpan().Path.ShouldEndWith("yolo_n.onnx");
        diagnostic.GetMessage().ShouldContain("'YoloN'");
        run.Result.GeneratedSources.ShouldHaveSingleItem();
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Two_models_of_one_target_path()
    {
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of(folder.Add("a/m.onnx", Models.Identity()), folder.Add("b/m.onnx", Models.Identity()));
        var diagnostic = run.Result.Diagnostics.ShouldHaveSingleItem();
        diagnostic.Id.ShouldBe("TRTB0021");
        diagnostic.GetMessage().ShouldContain("Link");
        run.Result.GeneratedSources.ShouldHaveSingleItem();
    }

    [Fact]
    public void Weights_of_one_name_in_one_folder_of_the_output()
    {
        using var folder = new ModelFolder();
        var (a, b) = (folder.Add("a/m.onnx", WithWeights()), folder.Add("b/m.onnx", WithWeights()));
        folder.Add("a/m.onnx.data", new byte[4]);
        folder.Add("b/m.onnx.data", new byte[4]);
        var run = GeneratorRun.Of([a, b], "MyApp", new() { [a] = "one.onnx", [b] = "two.onnx" });
        run.Ids.ShouldBe(["TRTB0023"]);
        run.Result.Diagnostics[0].GetMessage().ShouldContain("'m.onnx.data'");
        run.Result.Diagnostics[0].GetMessage().ShouldContain(Path.Combine("a", "m.onnx.data"));
        GeneratorRun.Of([a, b], "MyApp", new() { [a] = "one.onnx", [b] = "b/two.onnx" }).Ids.ShouldBeEmpty();

        static OnnxModelBuilder WithWeights() =>
            Models.Identity().ExternalInitializer("w", ElementType.Float, [1], "m.onnx.data", 0, 4);
    }

    [Fact]
    public void Where_the_build_writes_the_classes_the_generator_reports_and_adds_nothing()
    {
        var unnamed = new OnnxModelBuilder().Input("x", ElementType.Float, 1L).Output("x", ElementType.Complex64, 1L)
            .Output("y", ElementType.Float, 1L).Node("Relu", ["x"], ["y"]);
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of(folder.Add("a.onnx", unnamed));
        run.Ids.ShouldBe(["TRTB0012"]);
        run.Result.GeneratedSources.ShouldHaveSingleItem();
        var options = new TestOptions("not a namespace", new Dictionary<string, string>(), hasClasses: true);
        var result = run.Driver.WithUpdatedAnalyzerConfigOptions(options)
            .RunGenerators(CSharpCompilation.Create("Written")).GetRunResult();
        result.Diagnostics.Select(d => d.Id).Order(StringComparer.Ordinal).ShouldBe(["TRTB0012", "TRTB0022"]);
        result.GeneratedTrees.ShouldBeEmpty();
    }

    [Fact]
    public void A_project_of_an_older_C_sharp_gets_one_error_and_no_code()
    {
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of(folder.Add("a.onnx", Models.Identity()), folder.Add("b.onnx", Models.Identity()));
        run.Ids.ShouldBeEmpty();
        var old = new CSharpParseOptions(LanguageVersion.CSharp11);
        var result = run.Driver.WithUpdatedParseOptions(old).RunGenerators(CSharpCompilation.Create("Old")).GetRunResult();
        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("TRTB0025");
        result.GeneratedTrees.ShouldBeEmpty();
    }

    [Fact]
    public void Two_files_of_one_name_in_two_folders_of_the_project_need_two_names_only_in_C_sharp()
    {
        using var folder = new ModelFolder();
        var (a, b) = (folder.Add("a/m.onnx", Models.Identity()), folder.Add("b/m.onnx", Models.Identity()));
        var run = GeneratorRun.Of([a, b], "MyApp", new() { [a] = "a/m.onnx", [b] = "b/m.onnx" });
        run.Ids.ShouldBe(["TRTB0020"]);
        GeneratorRun.Of([a, b], "MyApp", new() { [a] = "a/m.onnx", [b] = "b/m2.onnx" }).Ids.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_file_twice_is_one_model()
    {
        using var folder = new ModelFolder();
        var path = folder.Add("m.onnx", Models.Identity());
        var run = GeneratorRun.Of(path, path);
        run.Ids.ShouldBeEmpty();
        run.Result.GeneratedSources.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("my-app", "my_app")]
    [InlineData("My App.3D", "My_App._3D")]
    public void A_root_namespace_that_is_none(string rootNamespace, string used)
    {
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of([folder.Add("m.onnx", Models.Identity())], rootNamespace);
        run.Ids.ShouldBe(["TRTB0022"]);
        run.Result.Diagnostics[0].GetMessage().ShouldContain($"'{used}'");
        run.Source.ShouldContain($"namespace {used};");
        run.Problems.ShouldBeEmpty();
        GeneratorRun.Of([], rootNamespace).Ids.ShouldBeEmpty("there is no model to complain for");
    }
}
