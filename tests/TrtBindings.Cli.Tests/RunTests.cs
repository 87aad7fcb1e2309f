using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Tests;

/// <summary><c>trtb run</c> with pictures and with arrays.</summary>
[Trait("Category", "Slow")]
public sealed class RunTests : IDisposable
{
    private readonly Models _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void Finds_are_a_table_that_fits_the_width(int width)
    {
        var run = Tool.Run([("COLUMNS", $"{width}"), ("NO_COLOR", "1")], "run", Models.Shipped("desk-detect/desk-detect.onnx"),
            "--image", Models.Picture("01"), "--backend", "cpu");
        run.ExitCode.ShouldBe(0, run.Error);
        // A long path breaks the line.
        run.Output.ReplaceLineEndings(" ").ShouldContain("YoloDetect, Dense, 6 classes");
        run.Lines.ShouldContain(line => line.Contains("apple") && line.Contains("0.9"));
        // Names of files are not broken; tables are.
        run.Lines.Where(line => !line.Contains('/')).ShouldAllBe(line => line.Length <= width);
        run.Output.ShouldNotContain("\u001b");
    }

    [Theory]
    [InlineData("--confidence", "0,1", "'0,1' is no number for --confidence. Write it with a point, such as 0.25.")]
    [InlineData("--iou", "half", "'half' is no number for --iou.")]
    [InlineData("--confidance", "0.4", "There is no option '--confidance'.")]
    public void A_comma_in_a_number_and_a_mistyped_option_behind_pictures_are_refused(
        string option, string value, string message) =>
        Tool.Run("run", Models.Shipped("desk-seg.onnx"), "--image", Models.Picture("01"), option, value)
            .ShouldBeOneLine(2, message);

    [Fact]
    public void A_number_is_read_with_a_point_in_every_culture()
    {
        var run = Tool.Run([("LC_ALL", "de_DE.UTF-8")], "run", Models.Shipped("desk-seg.onnx"), "--image", Models.Picture("01"),
            "--backend", "cpu", "--confidence", "0.9", "--iou", ".5", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("pictures")[0].GetProperty("objects").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void With_json_masks_come_along_and_the_overlay_is_a_picture()
    {
        var overlay = _models.PathOf("found.png");
        var run = Tool.Run("run", Models.Shipped("desk-seg.onnx"), "--image", Models.Picture("01"), "--overlay", overlay,
            "--json",
            "--backend", "cpu", "--confidence", "0.9", "--max", "3");
        run.ExitCode.ShouldBe(0, run.Error);
        var picture = run.Json.GetProperty("pictures")[0];
        picture.GetProperty("width").GetInt32().ShouldBe(320);
        picture.GetProperty("objects").GetArrayLength().ShouldBe(3);
        var first = picture.GetProperty("objects")[0];
        first.GetProperty("score").GetDouble().ShouldBeGreaterThan(0.9);
        first.GetProperty("mask").GetProperty("size")[0].GetInt32().ShouldBe(240);
        var drawn = File.ReadAllBytes(overlay);
        drawn[1..4].ShouldBe("PNG"u8.ToArray());
        drawn.ShouldNotBe(File.ReadAllBytes(Models.Picture("01")));
        Directory.GetFiles(_models.Folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void Several_pictures_have_their_overlays_in_a_folder()
    {
        var run = Tool.Run("run", Models.Shipped("faces/faces-scrfd.onnx"), "--image",
            Models.Shipped("faces/validation/faces-00.png"),
            Models.Shipped("faces/validation/faces-01.png"), "--overlay", _models.Folder, "--backend", "cpu");
        run.ExitCode.ShouldBe(0, run.Error);
        Directory.GetFiles(_models.Folder).Select(Path.GetFileName).Order().ShouldBe(["faces-00.png", "faces-01.png"]);
    }

    [Fact]
    public void A_broken_picture_among_others_is_reported_and_the_others_are_run()
    {
        var torn = _models.Write("broken.jpg", File.ReadAllBytes(Models.Picture("01"))[..999]);
        string[] arguments =
        [
            "run", Models.Shipped("desk-detect/desk-detect.onnx"), "--backend", "cpu", "--overlay", _models.Folder, "--image",
            Models.Picture("00"), torn, Models.Shipped("README.md"), Models.Picture("01"),
        ];
        var run = Tool.Run([.. arguments, "--json"]);
        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldContain("trtb: 2 of 4 pictures failed.");
        run.Json.GetProperty("failed").GetInt32().ShouldBe(2);
        var pictures = run.Json.GetProperty("pictures").EnumerateArray().ToList();
        pictures.ConvertAll(picture => picture.TryGetProperty("error", out _)).ShouldBe([false, true, true, false]);
        pictures[1].GetProperty("error").GetString().ShouldStartWith($"'{torn}' cannot be read: ");
        pictures[1].EnumerateObject().Select(part => part.Name).ShouldBe(["file", "error"]);
        pictures[3].GetProperty("objects").GetArrayLength().ShouldBeGreaterThan(0);
        Directory.GetFileSystemEntries(_models.Folder).Select(Path.GetFileName).Order()
            .ShouldBe(["broken.jpg", "scene-00.png", "scene-01.png"]);

        run = Tool.Run(arguments);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldContain("broken.jpg: failed. ");
        run.Output.ShouldContain("scene-01.png: 320 x 240");
        Tool.Run("run", Models.Shipped("desk-detect/desk-detect.onnx"), "--image", torn).ShouldBeOneLine(2, "broken.jpg");
    }

    [Fact]
    public void Areas_and_classes_need_a_preparation_that_the_metadata_does_not_say()
    {
        var file = Models.Shipped("desk-semantic/desk-semantic.onnx");
        var without = Tool.Run("run", file, "--image", Models.Picture("01"), "--backend", "cpu");
        without.ShouldBeOneLine(2, "--prepare");
        var run = Tool.Run("run", file, "--image", Models.Picture("01"), "--prepare", "unit-range", "--json", "--backend", "cpu");
        run.Json.GetProperty("pictures")[0].GetProperty("areas").EnumerateArray()
            .Sum(area => area.GetProperty("pixels").GetInt32())
            .ShouldBe(320 * 240);
        Tool.Run("run", Models.Shipped("desk-classify/desk-classify.onnx"), "--image", Models.Picture("01"), "--prepare",
            "torchvision",
            "--max", "2", "--json", "--backend", "cpu").Json.GetProperty("pictures")[0].GetProperty("classes").GetArrayLength()
                .ShouldBe(2);
    }

    [Fact]
    public void Arrays_of_NumPy_go_in_and_out()
    {
        var bytes = new float[] { 1, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes).ToArray();
        var (input, output) = (_models.PathOf("in.npy"), _models.PathOf("out.npz"));
        ArrayFiles.WriteOne(input, new(ElementType.Float, [2, 3], bytes));
        var run = Tool.Run("run", _models.Double(), "--input", $"x={input}", "-o", output, "-o", $"y={_models.PathOf("y.npy")}");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("2 x 3");
        var y = ArrayFiles.ReadSeveral(output)["y"];
        y.Shape.ShouldBe([2, 3]);
        BitConverter.ToSingle(y.Bytes, 20).ShouldBe(12);
        ArrayFiles.ReadOne(_models.PathOf("y.npy")).Bytes.ShouldBe(y.Bytes);
        var outputs = Tool.Run("run", _models.Double(), "--input", input, "--json").Json.GetProperty("outputs");
        outputs[0].GetProperty("largest").GetDouble().ShouldBe(12);
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_one_line()
    {
        var (model, file) = (_models.Double(), _models.PathOf("in.npy"));
        ArrayFiles.WriteOne(file, new(ElementType.Double, [1, 3], new byte[24]));
        Tool.Run("run", model, "--input", $"x={file}").ShouldBeOneLine(2, "the model takes x: float [batch, 3]");
        ArrayFiles.WriteOne(file, new(ElementType.Float, [1, 4], new byte[16]));
        Tool.Run("run", model, "--input", $"x={file}").ShouldBeOneLine(2, "dimension 1 must be 3");
        Tool.Run("run", model, "--input", $"z={file}").ShouldBeOneLine(2, "no input 'z'");
        Tool.Run("run", model, "--input", $"x={_models.Write("bad.npy", [1, 2])}").ShouldBeOneLine(2, "bad.npy");
    }

    [Fact]
    public void What_cannot_be_shown_is_one_line()
    {
        var model = _models.Double();
        Tool.Run("run", model, "--image", Models.Picture("01")).ShouldBeOneLine(2, "no family");
        Tool.Run("run", model).ShouldBeOneLine(2, "--image or arrays with --input");
        Tool.Run("run", Models.Shipped("desk-detect/desk-detect.onnx"), "--image", model).ShouldBeOneLine(2, "double.onnx");
        Tool.Run("run", model, "--image", "none.png").ShouldBeOneLine(2, "none.png");
    }
}
