using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Calibration;

/// <summary>The way from samples or a table to a quantized file.</summary>
public sealed class QuantizeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Table => _folder["net.calibration"];

    private string Target => _folder["out.onnx"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_conversion_takes_the_table_needs_no_samples_and_gives_the_same_file()
    {
        var path = Write();
        var first = ModelConversion.Quantize(path, Target, new() { Samples = Samples(), CalibrationTable = Table });
        (first.Samples, first.CalibrationTable, first.Calibration).ShouldBe((2, Table, "MeanSquaredError on 2 samples"));
        var (table, bytes) = (File.ReadAllText(Table), File.ReadAllBytes(Target));
        table.ShouldContain($"# sha256: {first.SourceHash}\n");

        var second = ModelConversion.Quantize(path, Target, new() { CalibrationTable = Table });
        (second.Samples, second.Calibration).ShouldBe((0, "MeanSquaredError on 2 samples, from the table"));
        second.ToString().ShouldContain($"calibrated by MeanSquaredError on 2 samples, from the table: {Table}");
        File.ReadAllText(Table).ShouldBe(table);
        Metadata("trtbindings.conversion").ShouldEndWith(
            "by MeanSquaredError on 2 samples, from the table, the rest float16, 0 nodes kept");

        // But for that line of the metadata.
        File.Delete(Table);
        ModelConversion.Quantize(path, Target, new() { Samples = Samples(), CalibrationTable = Table });
        File.ReadAllBytes(Target).ShouldBe(bytes);
        File.ReadAllText(Table).ShouldBe(table);
        _folder.Files().ShouldBe(["in.onnx", "net.calibration", "out.onnx"]);
    }

    [Fact]
    public void A_range_that_was_changed_by_hand_is_the_range_of_the_file()
    {
        var path = Write();
        ModelConversion.Quantize(
            path, Target, new() { Samples = Samples(), CalibrationTable = Table, Method = CalibrationMethod.MinMax });
        var lines = File.ReadAllLines(Table);
        var at = Array.FindIndex(lines, line => line.EndsWith("\tx", StringComparison.Ordinal));
        lines[at] = "25.4" + lines[at][lines[at].IndexOf('\t')..];
        File.WriteAllLines(Table, lines);
        ModelConversion.Quantize(path, Target, new()
        {
            CalibrationTable = Table, Method = CalibrationMethod.MinMax, Rest = ElementType.Float,
        });
        using var file = OnnxFile.Read(Target);
        var scale = file.Model.Graph.Initializer.Single(tensor => tensor.Name == "x_scale");
        BitConverter.ToSingle(file.DataOf(scale)!.ToArray()).ShouldBe(0.2f, 1e-6f);
    }

    [Fact]
    public void What_moves_8_bits_by_one_scale_has_one_range_in_the_table_and_another_tensor_its_own()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Block("x", "a", 16, 16).Block("a", "b", 16, 16, 3)
            .Node("Concat", "a b", "j", ("axis", 1)).Block("j", "z", 32, 16).Conv("z", "y", 16, 8).Out("y");
        var path = _folder.Write("in.onnx", graph.Model());
        ModelSample[] samples = [Quantizations.Picture("x", 1, 16, 8, 8)];
        ModelConversion.Quantize(path, Target, new() { Samples = samples, CalibrationTable = Table });
        var joined = Ranges();
        File.Delete(Table);
        ModelConversion.Quantize(
            path, Target, new() { Samples = samples, CalibrationTable = Table, Concat = ConcatQuantization.Output });
        var alone = Ranges();
        // Both branches and the concat; a convolution reads the first branch by the same scale.
        (joined["a"], joined["b"]).ShouldBe((joined["j"], joined["j"]));
        joined["x"].ShouldBe(alone["x"]);
        alone["a"].ShouldNotBe(joined["a"]);
        alone.ShouldNotContainKey("b");

        Dictionary<string, string> Ranges() => File.ReadAllLines(Table).Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t')).Where(parts => parts[0] != "-").ToDictionary(parts => parts[3], parts => parts[0]);
    }

    [Fact]
    public void A_table_of_a_model_that_was_changed_is_refused_and_nothing_is_touched()
    {
        ModelConversion.Quantize(Write(), Target, new() { Samples = Samples(), CalibrationTable = Table });
        var (table, bytes) = (File.ReadAllText(Table), File.ReadAllBytes(Target));
        var path = Write(filters: 4);
        var error = Should.Throw<CalibrationTableException>(() =>
            ModelConversion.Quantize(path, Target, new() { Samples = Samples(), CalibrationTable = Table }));
        (error.Table, error.Line).ShouldBe((Table, 3));
        error.Message.ShouldContain(path);
        File.ReadAllText(Table).ShouldBe(table);
        File.ReadAllBytes(Target).ShouldBe(bytes);
        _folder.Files().ShouldBe(["in.onnx", "net.calibration", "out.onnx"]);
    }

    [Fact]
    public void The_file_says_what_it_was_made_from_and_how()
    {
        var report = ModelConversion.Quantize(
            Write(), Target, new() { Samples = Samples(), Method = CalibrationMethod.Percentile });
        Metadata("trtbindings.precision").ShouldBe("int8");
        Metadata("trtbindings.source").ShouldBe("in.onnx");
        Metadata("trtbindings.source_sha256").ShouldBe(report.SourceHash);
        Metadata("trtbindings.source_files").ShouldBe($"{report.SourceHash}  in.onnx");
        Metadata("trtbindings.conversion").ShouldEndWith(
            "1 nodes quantized by Percentile 99.99 on 2 samples, the rest float16, 0 nodes kept");
        (report.Type, report.Rest, report.QuantizedNodes, report.CalibrationTable).ShouldBe(
            (ElementType.Int8, ElementType.Float16, 1, null));
        report.Checks.Count.ShouldBe(4);
    }

    [Theory]
    [CombinatorialMethods]
    public void Every_method_type_and_rest_gives_a_file_that_computes_the_same(
        CalibrationMethod method, ElementType type, ElementType rest)
    {
        var path = Write();
        var report = ModelConversion.Quantize(
            path, Target, new() { Samples = Samples(), Method = method, Type = type, Rest = rest });
        report.QuantizedNodes.ShouldBe(1);
        report.Checks.Count.ShouldBe(rest == ElementType.BFloat16 ? 2 : 4);
        // ONNX Runtime's CPU has no BF16 convolutions; the check ran a twin.
        if (rest != ElementType.BFloat16) Conversions.Compare(path, Target, Samples().First(), 0.1f);
    }

    [Fact]
    public void Without_samples_and_without_a_table_nothing_is_written_and_the_cure_is_named()
    {
        var error = Should.Throw<ModelOptionException>(() =>
            ModelConversion.Quantize(Write(), Target, new() { CalibrationTable = Table }));
        error.Option.ShouldBe("QuantizationOptions.Samples");
        error.Message.ShouldContain("QuantizationOptions.CalibrationTable");
        _folder.Files().ShouldBe(["in.onnx"]);
    }

    [Fact]
    public void A_table_in_a_folder_that_is_not_there_is_refused_before_any_sample_is_read()
    {
        var read = 0;
        var samples = Samples().Select(sample => (read++, sample).sample);
        var error = Should.Throw<CalibrationTableException>(() => ModelConversion.Quantize(
            Write(), Target, new() { Samples = samples, CalibrationTable = Path.Combine(_folder["absent"], "net.calibration") }));
        error.Message.ShouldContain("its folder is not there");
        read.ShouldBe(0);
        _folder.Files().ShouldBe(["in.onnx"]);
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused_before_anything_is_read()
    {
        Wrong(new() { Type = ElementType.Float16 }, "Type", "'Float16' is no type to quantize to");
        Wrong(new() { Rest = ElementType.Double }, "Rest", "'Double' is no type for the rest");
        Wrong(new() { Percentile = 0 }, "Percentile", "'0' is not above 0");
        Wrong(new() { Percentile = double.NaN }, "Percentile", "'NaN' is not above 0");
        Wrong(new() { Method = (CalibrationMethod)9 }, "Method", "'9' is no method");
        Wrong(new() { Concat = (ConcatQuantization)9 }, "Concat", "'9' is no way");
        Wrong(new() { Type = ElementType.Float8E4M3FN, Method = CalibrationMethod.Entropy }, "Method", "another method for FP8");
        Wrong(new() { CalibrationTable = "" }, "CalibrationTable", "is empty");
    }

    private void Wrong(QuantizationOptions options, string option, string what)
    {
        // The model is not even there.
        var error = Should.Throw<ModelOptionException>(() => ModelConversion.Quantize(_folder["absent.onnx"], Target, options));
        error.Option.ShouldBe($"QuantizationOptions.{option}");
        error.Message.ShouldContain(what);
    }

    private string Metadata(string key)
    {
        using var file = OnnxFile.Read(Target);
        return file.Model.MetadataProps.Single(entry => entry.Key == key).Value;
    }

    /// <summary>A convolution that is quantized, and the last one, which is not.</summary>
    private string Write(int filters = 16) => _folder.Write("in.onnx", new Sketch().In("x", ElementType.Float, 1, 16, -1, -1)
        .Conv("x", "c", 16, filters, side: 3).Node("Relu", "c", "r").Conv("r", "y", filters, 2).Out("y").Model());

    /// <summary>Two of different sizes.</summary>
    private static IEnumerable<ModelSample> Samples() =>
        [Quantizations.Picture("x", 1, 16, 8, 8), Quantizations.Picture("x", 1, 16, 12, 10)];

    /// <summary>Entropy is for INT8.</summary>
    private sealed class CombinatorialMethodsAttribute : Xunit.Sdk.DataAttribute
    {
        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
            from type in new[] { ElementType.Int8, ElementType.Float8E4M3FN }
            from method in Enum.GetValues<CalibrationMethod>()
            from rest in new[] { ElementType.Float16, ElementType.BFloat16, ElementType.Float }
            where (type == ElementType.Int8 && (method == CalibrationMethod.MinMax || rest == ElementType.Float16))
                || (method == CalibrationMethod.MeanSquaredError && rest != ElementType.BFloat16)
            select new object[] { method, type, rest };
    }
}
