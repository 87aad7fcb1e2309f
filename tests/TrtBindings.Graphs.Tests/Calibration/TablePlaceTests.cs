using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Calibration;

/// <summary>A calibration table is never written over a model, nor a model read as a table, however it is spelled.</summary>
public sealed class TablePlaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("in.onnx")]
    [InlineData("out.onnx")]
    [InlineData("out.onnx.data")]
    [InlineData("folder/in.onnx")]
    [InlineData("folder/../out.onnx")]
    [InlineData("link.table")]
    [InlineData("folder/link.table")]
    public void A_place_of_a_model_is_refused_and_all_stays_as_it_was(string table)
    {
        var path = _folder.Write("in.onnx", new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Conv("x", "y", 16, 16)
            .Out("y").Model());
        var bytes = File.ReadAllBytes(path);
        Directory.CreateSymbolicLink(_folder["folder"], Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(_folder["link.table"], "in.onnx");
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _folder[table]);
        foreach (var name in new[] { _folder[table], relative })
        {
            var error = Should.Throw<ModelOptionException>(() => ModelConversion.Quantize(path, _folder["out.onnx"], new()
            {
                Samples = [Quantizations.Picture("x", 1, 16, 8, 8)],
                CalibrationTable = name,
            }));
            error.Option.ShouldBe("QuantizationOptions.CalibrationTable");
            error.Message.ShouldContain("the name of a model that is read or written");
        }

        File.ReadAllBytes(path).ShouldBe(bytes);
        _folder.Files().ShouldBe(["folder", "in.onnx", "link.table"]);
    }

    [Fact]
    public void Weights_in_a_file_of_their_own_are_no_place_either()
    {
        var weights = new TensorProto { Name = "w", DataType = (int)ElementType.Float, DataLocation = 1 };
        weights.Dims.AddRange([16, 16, 1, 1]);
        weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "w.bin" });
        File.WriteAllBytes(_folder["w.bin"], new byte[16 * 16 * 4]);
        var path = _folder.Write("in.onnx", new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Init(weights)
            .Node("Conv", "x w", "y").Out("y").Model());
        var error = Should.Throw<ModelOptionException>(() => ModelConversion.Quantize(path, _folder["out.onnx"], new()
        {
            Samples = [Quantizations.Picture("x", 1, 16, 8, 8)],
            CalibrationTable = _folder["w.bin"],
        }));
        error.Message.ShouldContain("'" + _folder["w.bin"] + "'");
        new FileInfo(_folder["w.bin"]).Length.ShouldBe(16 * 16 * 4);
    }
}
