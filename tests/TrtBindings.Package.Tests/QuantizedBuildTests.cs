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

    [SkippableFact]
    public void A_Native_AOT_program_has_its_converted_models_beside_it_and_finds_what_the_models_in_32_bits_find()
    {
        var arguments = Programs.AotArguments();
        using var projects = new ConvertedProjects(packages,
            """
            <AdditionalFiles Include="desk-detect.onnx" TrtConvert="int8" TrtCalibration="../pictures" />
            <AdditionalFiles Include="desk-seg.onnx" TrtConvert="fp16" TrtCalibration="../pictures" />
            """,
            "TrtBindings.Vision.SkiaSharp", "TrtBindings.Conversion");
        var sources = new[] { "desk-detect/desk-detect.onnx", "desk-seg.onnx" }.Select(path =>
            projects.Add("App/" + Path.GetFileName(path), Repository("samples/models/" + path))).ToArray();
        var picture = projects.Add("still-life.png", Repository("samples/images/still-life.png"));
        for (var i = 0; i < 8; i++) projects.Add($"pictures/{i}.png", Repository($"samples/models/calibration/scene-{i:00}.png"));
        projects.Write("App/Program.cs",
            """
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using System.Runtime.CompilerServices;
            using TrtBindings;
            using TrtBindings.Vision;

            Console.WriteLine($"compiled code: {RuntimeFeature.IsDynamicCodeCompiled}");
            using var photo = ImageFile.Read(args[0]);
            foreach (var model in new[] { App.DeskDetect.Load(), App.DeskDetect.Load(args[1]) })
            {
                using var engine = YoloDetectEngine.Create(model);
                Print(model, engine.Detect(photo.AsView()).Select(one => $"{one.Label}"));
            }

            foreach (var model in new[] { App.DeskSeg.Load(), App.DeskSeg.Load(args[2]) })
            {
                using var engine = YoloSegEngine.Create(model);
                Print(model, engine.Detect(photo.AsView()).Select(one => $"{one.Label}"));
            }

            static void Print(OnnxModel model, IEnumerable<string> found) => Console.WriteLine(
                $"{Path.GetRelativePath(AppContext.BaseDirectory, model.Source.Path!).Replace('\\', '/')}, "
                + $"{model.Description.FindMetadata("trtbindings.precision")}: {string.Join(' ', found.Order())}");
            """);
        var folder = Path.Combine(projects.App, "aot");
        var published = DotNet.Succeed(projects.App, ["publish", "-v:n", "-tl:off", "-o", folder, .. arguments]);
        published.ShouldNotContain("warning", Case.Sensitive);
        published.ShouldContain("nodes quantized by MeanSquaredError on 8 samples");
        Directory.GetFiles(folder, "TrtBindings*").ShouldBeEmpty();
        var lines = Programs.Succeed(Path.Combine(folder, OperatingSystem.IsWindows() ? "App.exe" : "App"), [picture, .. sources])
            .Split('\n', StringSplitOptions.TrimEntries);
        lines[0].ShouldBe("compiled code: False");
        Finds(lines[1], "onnx/App/desk-detect.onnx, int8").ShouldBe(Finds(lines[2], ", "));
        Finds(lines[3], "onnx/App/desk-seg.onnx, float16").ShouldBe(Finds(lines[4], ", "));

        static string Finds(string line, string begin)
        {
            var parts = line.Split(": ");
            parts[0].ShouldContain(begin);
            parts[1].Split(' ').Length.ShouldBeGreaterThan(5);
            return parts[1];
        }
    }

    private static byte[] Repository(string path) => File.ReadAllBytes(Path.Combine(TestPaths.RepositoryRoot, path));
}
