using TrtBindings.Graphs.Calibration;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Calibration;

/// <summary>The table's file: what is written is read, and what does not fit names file, line and cure.</summary>
public sealed class CalibrationTableTests : IDisposable
{
    private const string Hash = "0123abcd";

    private static readonly CalibrationResult Table = new(Hash, ElementType.Int8, "Entropy", 32,
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
        var read = Read(File);
        read.Tensors.ShouldBe(Table.Tensors);
        (read with { Tensors = Table.Tensors }).ShouldBe(Table);
        _folder.Files().ShouldBe(["net.calibration"]);
        System.IO.File.ReadAllText(_folder["net.calibration"]).ShouldBe(
            "# TrtBindings calibration table 2\n# model: net.onnx\n# sha256: 0123abcd\n# type: int8\n# method: Entropy\n"
            + "# samples: 32\n# tensors: 5\n# check: 422047fb\n# amax\tlargest\tmethod\tcheck\ttensor\n"
            + "0.998\t1\tEntropy\tfd53ea5c\timages\n-\t70012.5\t-\t9072ef44\t/model.0/conv/Conv_output_0\n"
            + "3.4028235E+38\tInfinity\tMinMax\t69629149\twith\\ttab, \\\\ and\\nline\n0\t0\tPercentile\t696882ae\tzero\n"
            + "-\tNaN\t-\t8f1be430\tnan\n");
    }

    [Fact]
    public void Blank_lines_comments_and_other_line_ends_may_be_added()
    {
        File.Write(Table, "net.onnx");
        var text = System.IO.File.ReadAllText(File.FullPath).Replace("\n", "\r\n", StringComparison.Ordinal);
        System.IO.File.WriteAllText(File.FullPath, text + "\r\n# checked by hand\r\n");
        Read(File).Tensors.ShouldBe(Table.Tensors);
    }

    [Theory]
    [InlineData(1, "calibration table 2", "calibration table 1", "does not begin with")]
    [InlineData(1, "# TrtBindings", "TrtBindings", "does not begin with")]
    [InlineData(3, "# sha256: 0123abcd", "# sha: 0123abcd", "no line '# sha256: …'")]
    [InlineData(8, "0123abcd", "0123abce", "does not fit the lines above it: one of them was changed")]
    [InlineData(8, "model: net.onnx", "model: other.onnx", "one of them was changed")]
    [InlineData(8, "type: int8", "type: int9", "one of them was changed")]
    [InlineData(8, "method: Entropy", "method: MinMax", "one of them was changed")]
    [InlineData(8, "samples: 32", "samples: 320", "one of them was changed")]
    [InlineData(8, "tensors: 5", "tensors: 4", "one of them was changed")]
    [InlineData(10, "0.998\t1", "0.998 1", "has not the five columns")]
    [InlineData(10, "0.998\t1\t", "-0.998\t1\t", "has '-0.998' for amax")]
    [InlineData(10, "0.998\t1\t", "Infinity\t1\t", "has 'Infinity' for amax")]
    [InlineData(10, "0.998\t1\t", "NaN\t1\t", "has 'NaN' for amax")]
    [InlineData(10, "0.998\t1\t", "0,998\t1\t", "has '0,998' for amax")]
    [InlineData(10, "0.998\t1\t", "-\t1\t", "has '-' for amax")]
    [InlineData(10, "0.998\t1\t", "0\t1\t", "has the amax 0, and the largest magnitude of 'images' was 1")]
    [InlineData(10, "0.998\t1\t", "1e-45\t1\t", "has the amax 1E-45, and the largest magnitude of 'images' was 1")]
    [InlineData(10, "0.998\t1\t", "1e38\t1\t", "all of it would become 0. Write an amax up to 254, or delete")]
    [InlineData(10, "0.998\t1\t", "255\t1\t", "all of it would become 0")]
    [InlineData(10, "0.998\t1\t", "0.998\tone\t", "has 'one' for the largest magnitude")]
    [InlineData(10, "0.998\t1\t", "0.998\t1e30\t", "more than amax was changed in it. Take that back")]
    [InlineData(10, "Entropy\tC1\timages", "Entropie\tC1\timages", "the unknown method 'Entropie'")]
    [InlineData(10, "Entropy\tC1\timages", "17\tC1\timages", "the unknown method '17'")]
    [InlineData(10, "Entropy\tC1\timages", "MinMax\tC1\timages", "more than amax was changed in it")]
    [InlineData(10, "\timages", "\tpictures", "more than amax was changed in it")]
    [InlineData(11, "-\t70012.5\t-", "7\t70012.5\t-", "the unknown method '-'")]
    [InlineData(13, "\tzero", "\timages", "has the tensor 'images' twice. Remove one of the lines, or delete")]
    [InlineData(10, "0.998\t1\tEntropy\tC1\timages\n", "", "does not follow the line before it: lines between them are missing")]
    [InlineData(11, "-\t70012.5\t-\tC2\t/model.0/conv/Conv_output_0\n", "", "lines between them are missing")]
    [InlineData(13, "-\tNaN\t-\tC5\tnan\n", "", "is the last one, of tensor 4, and there were 5: the end is missing")]
    [InlineData(15, "C5\tnan\n", "C5\tnan\n1\t1\tMinMax\t01234567\tunknown\n", "does not follow the line before it")]
    public void What_was_lost_or_changed_names_file_line_and_cure(int line, string old, string with, string what)
    {
        var error = Refused(Change(old, with), line);
        error.ShouldContain(what);
        error.ShouldEndWith("elete the file, and convert once with samples; that writes a new one.");
    }

    [Fact]
    public void Lines_in_another_order_are_refused_at_the_first_that_moved()
    {
        File.Write(Table, "net.onnx");
        var lines = System.IO.File.ReadAllLines(File.FullPath);
        (lines[10], lines[12]) = (lines[12], lines[10]);
        System.IO.File.WriteAllLines(File.FullPath, lines);
        Refused(File, 11).ShouldContain("in another place");
    }

    [Theory]
    [InlineData("254", 254)]
    [InlineData("1e-6", 1e-6f)]
    [InlineData("  1.5", 1.5f)]
    [InlineData("1.1754944E-38", 1.1754944E-38f)]
    public void An_amax_may_be_changed_by_hand_to_whatever_leaves_something_of_the_tensor(string text, float amax)
    {
        var read = Read(Change("0.998\t1\t", $"{text}\t1\t"));
        read.Ranges()["images"].ShouldBe(amax);
        read.Tensors.Skip(1).ShouldBe(Table.Tensors.Skip(1));
    }

    [Theory]
    [InlineData("458752", true)]
    [InlineData("458754", false)]
    public void FP8_holds_smaller_parts_of_a_range_than_INT8(string text, bool isTaken)
    {
        File.Write(Table with { Type = ElementType.Float8E4M3FN }, "net.onnx");
        Replace("0.998\t1\t", $"{text}\t1\t");
        if (isTaken) Read(File, ElementType.Float8E4M3FN).Ranges()["images"].ShouldBe(458752);
        else Refused(File, 10, ElementType.Float8E4M3FN).ShouldContain("all of it would become 0");
    }

    [Fact]
    public void A_table_of_another_model_type_or_method_and_one_without_a_tensor_is_refused()
    {
        File.Write(Table with { ModelHash = "0123abce" }, "net.onnx");
        Refused(File, 3).ShouldContain("is of a model with SHA-256 0123abce, and 'net.onnx' has 0123abcd");
        File.Write(Table with { Type = ElementType.Float8E4M3FN }, "net.onnx");
        Refused(File, 4).ShouldContain("is for float8e4m3fn, and int8 is asked for");
        File.Write(Table with { Type = ElementType.UInt8 }, "net.onnx");
        Refused(File, 4).ShouldContain("names the unknown type 'uint8'");
        File.Write(Table with { Method = "MinMax" }, "net.onnx");
        Refused(File, 5).ShouldContain(
            "was made by MinMax, and QuantizationOptions.Method asks for Entropy. Set that method, or delete");
        File.Write(Table with { Tensors = [.. Table.Tensors.Skip(1)] }, "net.onnx");
        Refused(File, 0).ShouldContain("has no amax for the tensor 'images'");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# TrtBindings calibration table 2")]
    [InlineData("# TrtBindings calibration table 2\n# model: net.onnx\n# sha256: 0123abcd\n# type: int8\n# method: Entropy")]
    public void A_table_that_was_cut_off_is_refused(string text)
    {
        System.IO.File.WriteAllText(File.FullPath, text);
        Should.Throw<CalibrationTableException>(() => Read(File)).Line.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_file_that_is_no_text_is_refused()
    {
        System.IO.File.WriteAllBytes(File.FullPath, [0x89, 0x50, 0x4E, 0x47, 0xFF, 0xFE, 0x80]);
        Should.Throw<CalibrationTableException>(() => Read(File)).Message
            .ShouldContain("is no calibration table: it is no text. Name a table");
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_one_error()
    {
        var file = new CalibrationTableFile(Path.Combine(_folder["absent"], "net.calibration"));
        var error = Should.Throw<CalibrationTableException>(() => file.Write(Table, "net.onnx"));
        (error.Table, error.Line).ShouldBe((file.FullPath, 0));
    }

    private CalibrationTableFile Change(string old, string with)
    {
        File.Write(Table, "net.onnx");
        Replace(old, with);
        return File;
    }

    private void Replace(string old, string with)
    {
        var text = System.IO.File.ReadAllText(File.FullPath);
        var checks = text.Split('\n').Skip(9).Where(line => line.Length > 0).Select(line => line.Split('\t')[3]).ToArray();
        for (var i = 0; i < checks.Length; i++)
            (old, with) = (old.Replace($"C{i + 1}", checks[i]), with.Replace($"C{i + 1}", checks[i]));
        text.ShouldContain(old);
        System.IO.File.WriteAllText(File.FullPath, text.Replace(old, with, StringComparison.Ordinal));
    }

    private static string Refused(CalibrationTableFile file, int line, ElementType type = ElementType.Int8)
    {
        var error = Should.Throw<CalibrationTableException>(() => Read(file, type));
        (error.Table, error.Line).ShouldBe((file.FullPath, line), error.Message);
        error.Message.ShouldStartWith($"The calibration table '{file.FullPath}'{(line > 0 ? $", line {line}," : "")} ");
        return error.Message;
    }

    private static CalibrationResult Read(CalibrationTableFile file, ElementType type = ElementType.Int8) =>
        file.Read("net.onnx", Hash, type, "Entropy", ["images", "zero"]);
}
