using System.Diagnostics;
using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Tests;

/// <summary>What a command reads is there afterwards, whatever it is told to write.</summary>
[Trait("Category", "Slow")]
public sealed class OverwriteTests : IDisposable
{
    private readonly Models _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void A_model_is_not_replaced_by_a_result_about_it()
    {
        var model = _models.PathOf("model.onnx");
        File.Copy(Models.Shipped("desk-detect/desk-detect.onnx"), model);
        var before = File.ReadAllBytes(model);
        var link = _models.PathOf("link.md");
        File.CreateSymbolicLink(link, model);
        const string Says = "would be written over";
        Tool.Run("bench", model, "--markdown", model).ShouldBeOneLine(2, Says);
        Tool.Run("bench", model, "--markdown", link).ShouldBeOneLine(2, Says);
        Tool.Run("build", model, "--profile", "batch=1..2..4", "-o", model).ShouldBeOneLine(2, Says);
        Tool.Run("convert", model, "--to", "int8", "--calibration", Models.Shipped("validation"), "--pictures", "1",
            "--table", model, "-o", _models.PathOf("int8.onnx")).ShouldBeOneLine(2, Says);
        Directory.CreateSymbolicLink(_models.PathOf("folder"), _models.Folder);
        Tool.Run("bench", model, "--markdown", _models.PathOf("folder/model.onnx")).ShouldBeOneLine(2, Says);
        File.ReadAllBytes(model).ShouldBe(before);
    }

    [Fact]
    public void Pictures_and_arrays_are_not_replaced_by_what_was_made_of_them()
    {
        var (picture, array) = (_models.PathOf("a.png"), _models.PathOf("in.npy"));
        File.Copy(Models.Picture("01"), picture);
        ArrayFiles.WriteOne(array, new(ElementType.Float, [1, 3], new byte[12]));
        var detector = Models.Shipped("desk-detect/desk-detect.onnx");
        Tool.Run("run", detector, "--image", picture, "--overlay", picture).ShouldBeOneLine(2, "a.png");
        Tool.Run("run", detector, "--image", picture, "--overlay", _models.Folder).ShouldBeOneLine(2, "a.png");
        Tool.Run("run", _models.Double(), "--input", $"x={array}", "-o", $"y={array}").ShouldBeOneLine(2, "in.npy");
        File.ReadAllBytes(picture).ShouldBe(File.ReadAllBytes(Models.Picture("01")));
    }

    [Fact]
    public void A_calibration_table_stays_until_there_is_a_new_one()
    {
        var table = _models.Write("old.table", "of last week"u8.ToArray());
        Directory.CreateDirectory(_models.PathOf("pictures"));
        _models.Write("pictures/a.png", "no picture"u8.ToArray());
        Tool.Run("convert", Models.Shipped("desk-detect/desk-detect.onnx"), "--to", "int8", "--calibration",
            _models.PathOf("pictures"), "--table", table, "-o", _models.PathOf("int8.onnx")).ShouldBeOneLine(2, "a.png");
        File.ReadAllText(table).ShouldBe("of last week");
        Directory.GetFiles(_models.Folder).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public void A_pipe_is_one_line_and_not_a_wait()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "mkfifo is needed");
        var pipe = _models.PathOf("pipe.onnx");
        using (var make = Process.Start("mkfifo", [pipe])) make.WaitForExit();
        Tool.Run("inspect", pipe).ShouldBeOneLine(2, "pipe.onnx' is a pipe or a device");
        Tool.Run("run", Models.Shipped("desk-detect/desk-detect.onnx"), "--image", pipe).ShouldBeOneLine(2, "is a pipe");
        Tool.Run("run", _models.Double(), "--input", $"x={pipe}").ShouldBeOneLine(2, "is a pipe");
    }
}
