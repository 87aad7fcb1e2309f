using System.Diagnostics;

namespace TrtBindings.Cli.Tests;

/// <summary><c>trtb convert</c>: what it writes is compared by <c>trtb compare</c>.</summary>
[Trait("Category", "Slow")]
public sealed class ConvertTests : IDisposable
{
    private static readonly string Detector = Models.Shipped("desk-detect/desk-detect.onnx");

    private readonly Models _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Fp16_is_half_the_size_and_equal_within_its_tolerance()
    {
        var target = _models.PathOf("half.onnx");
        var run = Tool.Run("convert", Detector, "--to", "fp16", "-o", target, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("bytes")[1].GetInt64().ShouldBeLessThan(run.Json.GetProperty("bytes")[0].GetInt64() * 6 / 10);
        run.Json.GetProperty("checks").GetArrayLength().ShouldBeGreaterThan(0);
        var compared = Tool.Run("compare", Detector, target, "--batch", "1", "--json");
        compared.ExitCode.ShouldBe(0, compared.Output);
        compared.Json.GetProperty("precision").GetString().ShouldBe("fp16");
        compared.Json.GetProperty("results").EnumerateArray().ShouldContain(one => one.GetProperty("largest").GetDouble() > 0);
    }

    [Fact]
    public void Int8_is_calibrated_on_pictures_and_again_from_the_table_without_them()
    {
        var (first, second, table) = (_models.PathOf("one.onnx"), _models.PathOf("two.onnx"), _models.PathOf("one.table"));
        var run = Tool.Run("convert", Detector, "--to", "int8", "-o", first, "--calibration", Models.Shipped("validation"),
            "--pictures", "4", "--table", table, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("quantized").GetInt32().ShouldBeGreaterThan(20);
        run.Json.GetProperty("pictures").GetInt32().ShouldBe(4);
        Tool.Run("convert", Detector, "--to", "int8", "-o", second, "--calibration", table).ExitCode.ShouldBe(0);
        Tool.Run("compare", first, second, "--batch", "1").ExitCode.ShouldBe(0);
        // The family says which head is not quantized, with a table too.
        Tool.Run("convert", Detector, "--to", "int8", "-o", second, "--calibration", table, "--family", "YoloDetect").ExitCode
            .ShouldBe(0);
        Tool.Run("convert", Detector, "--to", "int8", "-o", second, "--calibration", table, "--family", "Scrfd")
            .ShouldBeOneLine(2, "Scrfd");
        File.WriteAllLines(table, File.ReadAllLines(table).SkipLast(1));
        Tool.Run("convert", Detector, "--to", "int8", "-o", second, "--calibration", table)
            .ShouldBeOneLine(2, "the end is missing");
    }

    [Fact]
    public void What_is_missing_is_one_line_and_nothing_is_written()
    {
        var model = _models.Double();
        Tool.Run("convert", model, "--to", "int8").ShouldBeOneLine(2, "needs --calibration");
        Tool.Run("convert", model, "--to", "int8", "--calibration", "nowhere").ShouldBeOneLine(2, "'nowhere'");
        Tool.Run("convert", model, "--to", "int8", "--calibration", _models.Folder).ShouldBeOneLine(2, "no pictures");
        Tool.Run("convert", model, "--to", "int7").ShouldBeOneLine(2, "int7");
        Tool.Run("convert", model, "--to", "fp16", "--calibration", Models.Shipped("validation")).ShouldBeOneLine(2, "no family");
        Tool.Run("convert", model, "--to", "fp16", "-o", _models.PathOf("no/where.onnx"))
            .ShouldBeOneLine(2, "There is no folder");
        Tool.Run("convert", model, "--to", "fp16", "--keep", "/none/*").ShouldBeOneLine(2, "has a name like '/none/*'");
        Tool.Run("convert", model, "--to", "fp16", "--size", "64x64", "--pictures", "3")
            .ShouldBeOneLine(2, "--size, --pictures are for pictures. Name a folder of them with --calibration");
        Tool.Run("convert", model, "--to", "bf16", "--family", "YoloDetect").ShouldBeOneLine(2, "--family is for pictures");
        Directory.GetFiles(_models.Folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_converted_file_is_no_model_to_convert_and_says_what_it_was_made_from()
    {
        var (half, again) = (_models.PathOf("half.onnx"), _models.PathOf("again.onnx"));
        Tool.Run("convert", _models.Double(), "--to", "fp16", "-o", half).ExitCode.ShouldBe(0);
        Tool.Run("convert", half, "--to", "bf16", "-o", again)
            .ShouldBeOneLine(2, "was converted to float16 already, from 'double.onnx'. Convert that file");
        Tool.Run("compare", _models.PathOf("double.onnx"), half).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_broken_picture_ends_what_is_about_all_pictures_and_nothing_is_written()
    {
        Directory.CreateDirectory(_models.PathOf("pictures"));
        File.Copy(Models.Picture("01"), _models.PathOf("pictures/a.png"));
        var torn = _models.Write("pictures/torn.png", File.ReadAllBytes(Models.Picture("01"))[..999]);
        Tool.Run("convert", Detector, "--to", "int8", "-o", _models.PathOf("int8.onnx"), "--calibration",
            _models.PathOf("pictures"), "--table", _models.PathOf("int8.table")).ShouldBeOneLine(2, "torn.png");
        Tool.Run("compare", Detector, Detector, "--image", Models.Picture("01"), torn).ShouldBeOneLine(2, "torn.png");
        Tool.Run("bench", Detector, "--backend", "cpu", "--image", Models.Picture("01"), torn).ShouldBeOneLine(2, "torn.png");
        Directory.GetFileSystemEntries(_models.Folder).ShouldHaveSingleItem().ShouldEndWith("pictures");
    }

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public void A_conversion_that_is_ended_leaves_the_older_files_and_what_a_kill_leaves_the_next_one_removes(string signal)
    {
        var (target, table) = (_models.Write("int8.onnx", [1, 2, 3]), _models.Write("int8.table", [4, 5, 6]));
        // So many pictures that the signal comes before the last one, however busy the machine is.
        Directory.CreateDirectory(_models.PathOf("pictures"));
        for (var i = 0; i < 5000; i++) File.CreateSymbolicLink(_models.PathOf($"pictures/{i}.png"), Models.Picture("01"));
        var start = Interruptible.Of(Tool.StartOf(["convert", Detector, "--to", "int8", "-o", target, "--table", table,
            "--calibration", _models.PathOf("pictures")]));
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        using (var process = Process.Start(start)!)
        {
            // One folder is for the table, and one for the model that is measured.
            SpinWait.SpinUntil(() => WorkFolders().Length > 1 || process.HasExited, TimeSpan.FromMinutes(2)).ShouldBeTrue();
            process.HasExited.ShouldBeFalse();
            using (var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"])) kill.WaitForExit();
            process.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue();
            process.ExitCode.ShouldBe(signal == "KILL" ? 137 : 130);
            if (signal != "KILL") process.StandardError.ReadToEnd().ShouldContain("trtb: Cancelled.");
        }

        File.ReadAllBytes(target).ShouldBe([1, 2, 3]);
        File.ReadAllBytes(table).ShouldBe([4, 5, 6]);
        WorkFolders().Length.ShouldBe(signal == "KILL" ? 2 : 0);
        Tool.Run("convert", _models.Double(), "--to", "fp16").ExitCode.ShouldBe(0);
        WorkFolders().ShouldBeEmpty();

        string[] WorkFolders() => Directory.GetDirectories(_models.Folder, ".*.tmp");
    }
}
