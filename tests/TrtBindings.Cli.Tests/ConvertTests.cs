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
        Directory.GetFiles(_models.Folder).ShouldHaveSingleItem();
    }
}
