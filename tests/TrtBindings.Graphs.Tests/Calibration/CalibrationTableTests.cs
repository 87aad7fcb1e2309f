using TrtBindings.Graphs.Calibration;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Calibration;

/// <summary>The table's file: what is written is read, and what does not fit names file, line and cure.</summary>
public sealed class CalibrationTableTests : IDisposable
{
    private const string Hash = "0123abcd";

    private static readonly CalibrationTable Table = new(Hash, ElementType.Int8, "Entropy", 32,
    [
        new("images", 1, CalibrationMethod.Entropy, 0.998f), new("/model.0/conv/Conv_output_0", 70012.5f, default, null),
        new("with\ttab, \\ and\nline", float.PositiveInfinity, CalibrationMethod.MinMax, 3.4028235E+38f),
        new("zero", 0, CalibrationMethod.Percentile, 0), new("nan", float.NaN, default, null),
    ]);

    private readonly TempFolder _folder = new();

    private CalibrationTableFile File => new(_folder["net.calibration"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_is_read_as_it_was_written_and_nothing_else_is_left_in_the_folder()
    {
        File.Exists.ShouldBeFalse();
        File.Write(Table, "models/net.onnx");
        File.Exists.ShouldBeTrue();
        var read = Read();
        read.Tensors.ShouldBe(Table.Tensors);
        (read with { Tensors = Table.Tensors }).ShouldBe(Table);
        _folder.Files().ShouldBe(["net.calibration"]);
        System.IO.File.ReadAllText(_folder["net.calibration"]).ShouldBe(
            "# TrtBindings calibration table 1\n# model: net.onnx\n# sha256: 0123abcd\n# type: int8\n# method: Entropy\n"
            + "# samples: 32\n# amax\tlargest\tmethod\ttensor\n0.998\t1\tEntropy\timages\n"
            + "-\t70012.5\t-\t/model.0/conv/Conv_output_0\n"
            + "3.4028235E+38\tInfinity\tMinMax\twith\\ttab, \\\\ and\\nline\n0\t0\tPercentile\tzero\n-\tNaN\t-\tnan\n");
    }

    [Fact]
    public void Blank_lines_comments_and_other_line_ends_may_be_added()
    {
        File.Write(Table, "net.onnx");
        var text = System.IO.File.ReadAllText(File.FullPath).Replace("\n", "\r\n", StringComparison.Ordinal);
        System.IO.File.WriteAllText(File.FullPath, text + "\r\n# checked by hand\r\n");
        Read().Tensors.ShouldBe(Table.Tensors);
    }

    [Theory]
    [InlineData(1, "calibration table 1", "calibration table 2", "does not begin with")]
    [InlineData(1, "# TrtBindings", "TrtBindings", "does not begin with")]
    [InlineData(3, "# sha256: 0123abcd", "# sha: 0123abcd", "no line '# sha256: …'")]
    [InlineData(3, "0123abcd", "0123abce", "is of a model with SHA-256 0123abce, and 'net.onnx' has 0123abcd")]
    [InlineData(4, "type: int8", "type: int9", "the unknown type 'int9'")]
    [InlineData(4, "type: int8", "type: float8e4m3fn", "is for float8e4m3fn, and int8 is asked for")]
    [InlineData(5, "method: Entropy", "method: MinMax", "was made by MinMax, and QuantizationOptions.Method asks for Entropy")]
    [InlineData(6, "samples: 32", "samples: many", "has 'many' samples")]
    [InlineData(8, "0.998\t1", "0.998 1", "has not the four columns")]
    [InlineData(8, "0.998\t1\t", "-0.998\t1\t", "has '-0.998' for amax")]
    [InlineData(8, "0.998\t1\t", "Infinity\t1\t", "has 'Infinity' for amax")]
    [InlineData(8, "0.998\t1\t", "0,998\t1\t", "has '0,998' for amax")]
    [InlineData(8, "0.998\t1\t", "0.998\tone\t", "has 'one' for the largest magnitude")]
    [InlineData(8, "Entropy\timages", "Entropie\timages", "the unknown method 'Entropie'")]
    [InlineData(8, "Entropy\timages", "17\timages", "the unknown method '17'")]
    [InlineData(11, "\tzero", "\timages", "has the tensor 'images' twice")]
    [InlineData(0, "\timages", "\tpictures", "has no amax for the tensor 'images'")]
    public void What_does_not_fit_names_file_line_and_cure(int line, string old, string with, string what)
    {
        File.Write(Table, "net.onnx");
        var text = System.IO.File.ReadAllText(File.FullPath).Replace(old, with, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File.FullPath, text);
        var error = Should.Throw<CalibrationTableException>(() => Read());
        (error.Table, error.Line).ShouldBe((File.FullPath, line));
        error.Message.ShouldStartWith($"The calibration table '{File.FullPath}'{(line > 0 ? $", line {line}," : "")} ");
        error.Message.ShouldContain(what);
        error.Message.ShouldEndWith("Delete the file, and convert once with samples; that writes a new one.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# TrtBindings calibration table 1")]
    [InlineData("# TrtBindings calibration table 1\n# model: net.onnx\n# sha256: 0123abcd\n# type: int8\n# method: Entropy")]
    public void A_table_that_was_cut_off_is_refused(string text)
    {
        System.IO.File.WriteAllText(File.FullPath, text);
        Should.Throw<CalibrationTableException>(() => Read()).Line.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_file_that_is_no_text_is_refused()
    {
        System.IO.File.WriteAllBytes(File.FullPath, [0x89, 0x50, 0x4E, 0x47, 0xFF, 0xFE, 0x80]);
        Should.Throw<CalibrationTableException>(() => Read()).Message.ShouldContain("cannot be read");
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_one_error()
    {
        var file = new CalibrationTableFile(Path.Combine(_folder["absent"], "net.calibration"));
        var error = Should.Throw<CalibrationTableException>(() => file.Write(Table, "net.onnx"));
        (error.Table, error.Line).ShouldBe((file.FullPath, 0));
    }

    private CalibrationTable Read() => File.Read("net.onnx", Hash, ElementType.Int8, "Entropy", ["images", "zero"]);
}
