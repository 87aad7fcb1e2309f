using System.Diagnostics;
using System.Runtime.InteropServices;
using TrtBindings.Conversion;
using TrtBindings.Vision;

namespace TrtBindings.Package.Tests;

/// <summary>The program that builds start to convert models.</summary>
public sealed class ConversionProgramTests
{
    private static readonly string Picture = Repository("samples/models/validation/scene-00.png");

    [Trait("Category", "Slow")]
    [SkippableTheory]
    [InlineData("KILL")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_conversion_that_is_ended_leaves_the_older_result_and_the_next_one_removes_what_it_left(string signal)
    {
        using var folder = new ModelFolder();
        var target = folder.Add("desk-seg.fp16.onnx", [1, 2, 3]);
        // So many pictures that the signal comes before the last one, however busy the machine is.
        var pictures = Directory.CreateDirectory(Path.Combine(folder.Path, "pictures")).FullName;
        for (var i = 0; i < 2000; i++) File.CreateSymbolicLink(Path.Combine(pictures, $"{i}.png"), Picture);
        string[] lines =
        [
            "assets=" + Repository("artifacts/obj/TrtBindings.Vision/project.assets.json"),
            "source=" + Repository("samples/models/desk-seg.onnx"), "target=" + target, "type=fp16",
            "calibration=" + pictures,
        ];
        File.WriteAllLines(Path.Combine(folder.Path, "request.txt"), lines);
        using (var program = Start())
        {
            program.StandardOutput.ReadLine().ShouldBe("TRTB|high|Converting desk-seg.onnx to FP16 …");
            SpinWait.SpinUntil(() => WorkFolders().Length > 0, TimeSpan.FromMinutes(2)).ShouldBeTrue();
            using (var kill = Process.Start("kill", ["-" + signal, $"{program.Id}"])) kill.WaitForExit();
            program.StandardOutput.ReadToEnd().ShouldNotContain("TRTB|done|");
            program.WaitForExit();
            program.ExitCode.ShouldBe(signal == "KILL" ? 137 : 130);
        }

        File.ReadAllBytes(target).ShouldBe([1, 2, 3]);
        if (signal != "KILL") WorkFolders().ShouldBeEmpty();
        File.WriteAllLines(Path.Combine(folder.Path, "request.txt"), lines[..^1]);
        using (var program = Start())
        {
            program.StandardOutput.ReadToEnd().ShouldContain("TRTB|done|");
            program.WaitForExit();
        }

        WorkFolders().ShouldBeEmpty();
        ConvertedProjects.Describe(target).FindMetadata("trtbindings.precision").ShouldBe("float16");

        string[] WorkFolders() => Directory.GetDirectories(folder.Path, ".*.tmp");

        Process Start() => Process.Start(Interruptible.Of(new(
            "dotnet", ["exec", typeof(Job).Assembly.Location, Path.Combine(folder.Path, "request.txt")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8,
        }))!;
    }

    [Theory]
    [InlineData("desk-seg.onnx", "1,3,640,640", 0, 1)]
    [InlineData("desk-detect/desk-detect.onnx", "1,3,416,416", 0, 1)]
    [InlineData("desk-pose/desk-pose.onnx", "1,3,416,416", 0, 1)]
    [InlineData("desk-obb/desk-obb.onnx", "1,3,416,416", 0, 1)]
    [InlineData("desk-classify/desk-classify.onnx", "1,3,96,96", -3, 3, "Torchvision")]
    [InlineData("desk-semantic/desk-semantic.onnx", "1,3,520,693", -3, 3, "Torchvision")]
    [InlineData("faces/faces-scrfd.onnx", "1,3,640,640", -127.5f / 128, 127.5f / 128)]
    [InlineData("desk-maskrcnn/desk-maskrcnn-320x320.onnx", "1,3,320,320", 0, 1)]
    public void Pictures_are_prepared_as_the_engine_of_the_family_prepares_them(
        string model, string shape, float least, float most, string preset = "")
    {
        var sample = Samples(model, preset).Of([Picture]).Single();
        var (type, sizes, bytes) = sample.Tensors.Values.Single();
        type.ShouldBe(ElementType.Float);
        string.Join(',', sizes).ShouldBe(shape);
        var values = MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray();
        values.Min().ShouldBeInRange(least, most);
        values.Max().ShouldBeInRange(least, most);
        (values.Max() - values.Min()).ShouldBeGreaterThan(0.5f * (most - least));
        if (!model.Contains("detect", StringComparison.Ordinal)) return;
        using var picture = ImageFile.Read(Picture);
        var expected = new float[values.Length];
        picture.AsView().LetterboxTo(expected, 416, 416);
        values.ShouldBe(expected);
    }

    [Fact]
    public void A_preset_is_asked_for_where_the_model_does_not_say_one_and_every_preset_that_is_named_works()
    {
        const string Model = "digits/digits-vit.onnx";
        var message = Should.Throw<CalibrationException>(() => Samples(Model).Of([Picture]).ToList()).Message;
        message.ShouldContain("Set TrtCalibrationPreset to the preset that it was trained with: ");
        var presets = message[(message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..^1].Split(", ");
        presets.Length.ShouldBeGreaterThan(4);
        foreach (var preset in presets) Samples(Model, preset).Of([Picture]).ToList().Count.ShouldBe(1);
        Should.Throw<CalibrationException>(() => Samples(Model, "Pillow").Of([Picture]).ToList()).Message
            .ShouldContain("TrtCalibrationPreset is 'Pillow', which is no preset of this family. It takes one of ");
    }

    private static PictureSamples Samples(string model, string preset = "") =>
        new(new() { Source = Repository($"samples/models/{model}"), Preset = preset }, new(Stream.Null));

    private static string Repository(string path) => Path.Combine(TestPaths.RepositoryRoot, path);
}
