using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Conversion;

/// <summary>A name in options that no node has is an error, and one that a node has keeps it.</summary>
public sealed class OptionNameTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Target => _folder["out.onnx"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_operator_that_no_node_has_is_refused_by_every_conversion_with_those_of_the_model()
    {
        var path = Write();
        foreach (var convert in new Func<ConversionOptions, ConversionReport>[]
                 {
                     options => ModelConversion.ToFloat16(path, Target, options),
                     options => ModelConversion.ToBFloat16(path, Target, options),
                 })
        {
            Refused("KeepOperators", "'relu' of KeepOperators", () => convert(new() { KeepOperators = ["Relu", "relu"] }));
            Refused("ConvertOperators", "'RoiAlign' of Conv", () => convert(new() { ConvertOperators = ["RoiAlign"] }));
            Refused("KeepNodes", "like 'N_*'; there is 'n_c'. Correct", () => convert(new() { KeepNodes = ["n_*", "N_*"] }));
        }

        Refused("KeepOperators", "The model has BatchNormalization, Conv, Relu.",
            () => ModelConversion.Quantize(path, Target, new() { KeepOperators = ["Softmax"] }));
        Refused("RestOperators", "'MatMul' of RestOperators",
            () => ModelConversion.Quantize(path, Target, new() { RestOperators = ["MatMul"] }));
        Refused("RestNodes", "like '/head/*'. Correct",
            () => ModelConversion.Quantize(path, Target, new() { RestNodes = ["/head/*"] }));
        _folder.Files().ShouldBe(["in.onnx"]);
    }

    [Theory]
    [InlineData("BatchNormalization", "")]
    [InlineData("", "n_b")]
    public void A_normalization_that_is_named_stays_and_is_not_folded_away(string op, string node)
    {
        var options = new ConversionOptions
        {
            KeepOperators = op.Length > 0 ? [op] : [],
            KeepNodes = node.Length > 0 ? [node] : [],
        };
        var report = ModelConversion.ToFloat16(Write(), Target, options);
        report.FoldedBatchNormalizations.ShouldBe(0);
        report.Kept.ShouldHaveSingleItem().ShouldBe(
            new("n_b", "BatchNormalization", op.Length > 0 ? "asked for by operator" : "asked for by name"));
        ModelConversion.ToFloat16(Write(), Target).FoldedBatchNormalizations.ShouldBe(1);
        var quantized = ModelConversion.Quantize(Write(), Target, new()
        {
            KeepOperators = options.KeepOperators,
            RestNodes = options.KeepNodes,
            Rest = ElementType.Float,
            Samples = [Quantizations.Picture("x", 1, 16, 8, 8)],
        });
        (quantized.FoldedBatchNormalizations, quantized.QuantizedNodes).ShouldBe((0, 1));
    }

    [Fact]
    public void An_operator_that_a_raised_operator_set_brings_counts_as_well_as_the_one_of_the_file()
    {
        var path = _folder.Write("in.onnx", new Sketch().In("x", ElementType.Float, 1, 1, 4, 4)
            .Floats("s", [4], 1, 1, 2, 2).Node("Upsample", "x s", "u").Node("Relu", "u", "y").Out("y").Model(opset: 9));
        foreach (var name in new[] { "Upsample", "Resize" })
            ModelConversion.ToBFloat16(path, Target, new() { KeepOperators = [name], CheckUpToBytes = 0 });
    }

    private static void Refused(string option, string what, Func<ConversionReport> convert)
    {
        var error = Should.Throw<ModelOptionException>(convert);
        error.Option.ShouldBe(option);
        error.Message.ShouldContain(what);
    }

    private string Write() => _folder.Write("in.onnx", new Sketch().In("x", ElementType.Float, 1, 16, 8, 8)
        .Conv("x", "c", 16, 16).Weights("scale", 16).Weights("shift", 16).Weights("mean", 16)
        .Floats("variance", [16], [.. Enumerable.Repeat(1f, 16)])
        .Node("BatchNormalization", "c scale shift mean variance", "b").Node("Relu", "b", "r").Conv("r", "y", 16, 2).Out("y")
        .Model());
}
