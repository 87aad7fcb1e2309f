namespace TrtBindings.Package.Tests;

/// <summary><c>TrtConvert="int8"</c> on an item, in a real build of a project that references the packed packages.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class QuantizedBuildTests(PackedPackages packages)
{
    [Fact]
    public void INT8_is_calibrated_on_a_folder_of_pictures_and_later_builds_need_the_table_only()
    {
        using var projects = new ConvertedProjects(packages,
            """
            <AdditionalFiles Include="desk-detect.onnx" TrtConvert="int8" TrtCalibration="../pictures"
                             TrtConvertRest="/box.0/*" />
            """,
            "TrtBindings.Vision.SkiaSharp", "TrtBindings.Conversion");
        projects.Add("App/desk-detect.onnx", Repository("samples/models/desk-detect/desk-detect.onnx"));
        var picture = projects.Add("still-life.png", Repository("samples/images/still-life.png"));
        for (var i = 0; i < 8; i++) projects.Add($"pictures/{i}.png", Repository($"samples/models/calibration/scene-{i:00}.png"));
        projects.Write("App/Program.cs",
            """
            using System;
            using System.Linq;
            using TrtBindings;
            using TrtBindings.Vision;

            using var photo = ImageFile.Read(args[0]);
            foreach (var model in new[] { App.DeskDetect.Load(), App.DeskDetect.Load(args[1]) })
            {
                using var engine = YoloDetectEngine.Create(model);
                var found = engine.Detect(photo.AsView());
                Console.WriteLine(string.Join(' ', found.Select(one => one.Label).Order()));
            }
            """);
        var built = projects.Build();
        built.ShouldContain("nodes quantized by MeanSquaredError on 8 samples");
        built.ShouldContain("is a last layer of ");
        built.ShouldContain("asked for by name");
        var copy = Path.Combine(projects.Output, "onnx", "App", "desk-detect.onnx");
        ConvertedProjects.Describe(copy).FindMetadata("trtbindings.precision").ShouldBe("int8");
        new FileInfo(copy).Length.ShouldBeLessThan(new FileInfo(Path.Combine(projects.App, "desk-detect.onnx")).Length / 2);
        FindsTheSame();

        // The table is checked in, and the pictures are elsewhere.
        var table = Directory.GetFiles(projects.Converted, "*.calibration.txt", SearchOption.AllDirectories).Single();
        File.Copy(table, Path.Combine(projects.App, "desk-detect.txt"));
        Directory.Delete(Path.Combine(projects.Folder, "pictures"), recursive: true);
        var project = Path.Combine(projects.App, "App.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("../pictures", "desk-detect.txt", StringComparison.Ordinal));
        projects.Build().ShouldContain("nodes quantized by MeanSquaredError on 8 samples, from the table");
        FindsTheSame();
        projects.BuildModels().ShouldNotContain("Converting");

        // A table of another model is not for this one.
        projects.Add("App/desk-detect.onnx", Repository("samples/models/desk-seg.onnx"));
        DotNet.Run(projects.App, "build", "-v:m", "-tl:off").Output.ShouldContain("desk-detect.onnx(1,1): error TRTB0212: ");

        void FindsTheSame()
        {
            var lines = DotNet.Succeed(projects.Output, Path.Combine(projects.Output, "App.dll"), picture,
                Path.Combine(projects.App, "desk-detect.onnx")).Split('\n', StringSplitOptions.TrimEntries);
            lines[0].ShouldBe(lines[1]);
            lines[0].Split(' ').Length.ShouldBeGreaterThan(5);
        }
    }

    private static byte[] Repository(string path) => File.ReadAllBytes(Path.Combine(TestPaths.RepositoryRoot, path));
}
