namespace TrtBindings.Cli.Tests;

/// <summary><c>trtb new app</c>: the files. That they build and run from packages is a test of the packages.</summary>
public sealed class NewAppTests : IDisposable
{
    private static readonly string Models = Path.Combine(TestPaths.RepositoryRoot, "samples", "models");

    private readonly string _folder = Directory.CreateTempSubdirectory("trtb-new-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("desk-seg.onnx", "YoloSegEngine.Create(model)")]
    [InlineData("digits/digits-vit.onnx", "ClassificationEngine.Create(model, ClassificationPreprocessing.Torchvision)")]
    [InlineData("faces/faces-scrfd.onnx", "ScrfdEngine.Create(model)")]
    [InlineData("desk-semantic/desk-semantic.onnx", "SemanticSegmentationEngine.Create(model")]
    public void A_project_has_the_model_and_the_program_of_its_family(string model, string engine)
    {
        var output = Path.Combine(_folder, "my-app");
        var run = Tool.Run("new", "app", "--model", Path.Combine(Models, model), "-o", output, "--source", _folder, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        File.ReadAllText(Path.Combine(output, "Program.cs")).ShouldContain(engine);
        var project = File.ReadAllText(Path.Combine(output, "my-app.csproj"));
        project.ShouldContain($"<AdditionalFiles Include=\"models/{Path.GetFileName(model)}\" />");
        project.ShouldContain("<RootNamespace>my_app</RootNamespace>");
        File.ReadAllText(Path.Combine(output, "nuget.config")).ShouldContain(_folder);
        File.ReadAllBytes(Path.Combine(output, "models", Path.GetFileName(model))).AsSpan()
            .SequenceEqual(File.ReadAllBytes(Path.Combine(Models, model))).ShouldBeTrue();
        Directory.GetFileSystemEntries(_folder).ShouldHaveSingleItem();
    }

    /// <summary>A semicolon makes two items of one, and %20 is a space.</summary>
    [Fact]
    public void Names_with_characters_of_MSBuild_and_of_shells_are_written_as_they_write_them()
    {
        var (model, output) = (Path.Combine(_folder, "a;b%20$(c).onnx"), Path.Combine(_folder, "My App"));
        File.Copy(Path.Combine(Models, "desk-seg.onnx"), model);
        var run = Tool.Run("new", "app", "--model", model, "-o", output, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        File.ReadAllText(Path.Combine(output, "My App.csproj"))
            .ShouldContain("<AdditionalFiles Include=\"models/a%3Bb%2520%24%28c%29.onnx\" />");
        run.Json.GetProperty("next")[0].GetString().ShouldBe($"cd \"{output}\"");
    }

    [Fact]
    public void A_folder_with_something_in_it_is_left_alone()
    {
        var mine = Path.Combine(_folder, "mine.txt");
        File.WriteAllText(mine, "mine");
        Tool.Run("new", "app", "--model", Path.Combine(Models, "desk-seg.onnx"), "-o", _folder)
            .ShouldBeOneLine(2, "is not an empty folder");
        Directory.GetFileSystemEntries(_folder).ShouldBe([mine]);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("missing.onnx")]
    public void A_file_that_is_no_model_makes_nothing(string name)
    {
        var output = Path.Combine(_folder, "App");
        Tool.Run("new", "app", "--model", Path.Combine(TestPaths.RepositoryRoot, name), "-o", output).ShouldBeOneLine(2, name);
        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_family_that_does_not_fit_is_one_line() => Tool.Run("new", "app", "--family", "Scrfd", "--model",
        Path.Combine(Models, "desk-seg.onnx"), "-o", Path.Combine(_folder, "App")).ShouldBeOneLine(2,
            "is not of the family Scrfd");
}
