using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Conversion;

/// <summary>A file that was converted is a model as any other to load, and none to convert.</summary>
public sealed class ConvertedAgainTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.BFloat16)]
    [InlineData(ElementType.Int8)]
    public void Every_conversion_of_it_is_one_error_that_names_what_it_was_made_from(ElementType type)
    {
        var (path, once, again) = (Write(), _folder["once.onnx"], _folder["again.onnx"]);
        Convert(path, once, type);
        foreach (var second in new[] { ElementType.Float16, ElementType.BFloat16, ElementType.Int8 })
        {
            var error = Should.Throw<ModelConversionException>(() => Convert(once, again, second));
            error.Model.ShouldBe(once);
            error.Message.ShouldBe($"'{once}' was converted to {type.OnnxName()} already, from 'in.onnx'. Convert that file; one "
                + "that was converted can only be loaded and built.");
        }

        _folder.Files().ShouldBe(["in.onnx", "once.onnx"]);
    }

    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Int8)]
    public void It_loads_and_runs_as_its_own_source_with_or_without_what_it_was_made_from(ElementType type)
    {
        var (path, once) = (Write(), _folder["once.onnx"]);
        Convert(path, once, type);
        var before = Run(path);
        File.Delete(path);
        Run(once).ShouldBe(before, 0.05);
    }

    private static float Run(string path)
    {
        using var model = UntypedOnnxModel.Load(path, new() { RequiredBackend = BackendKind.OnnxRuntimeCpu });
        using var inputs = model.AllocateInputs();
        using var outputs = model.AllocateOutputs(inputs);
        inputs.Get<float>("x").Span.Fill(0.5f);
        model.Run(inputs, outputs);
        return outputs.Get<float>("y").Span[0];
    }

    private static ConversionReport Convert(string path, string target, ElementType type) => type switch
    {
        ElementType.Float16 => ModelConversion.ToFloat16(path, target),
        ElementType.BFloat16 => ModelConversion.ToBFloat16(path, target),
        _ => ModelConversion.Quantize(path, target, new() { Samples = [Quantizations.Picture("x", 1, 16, 8, 8)] }),
    };

    private string Write() => _folder.Write("in.onnx", new Sketch().In("x", ElementType.Float, 1, 16, 8, 8)
        .Conv("x", "c", 16, 16).Node("Relu", "c", "r").Conv("r", "y", 16, 2).Out("y", ElementType.Float, 1, 2, 8, 8).Model());
}
