using TrtBindings.Backends;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>Files that a conversion made name their source, and a class may know what the build converted.</summary>
public sealed class ConvertedFileTests
{
    private static ModelSource File(string? sourceHash)
    {
        var model = new OnnxModelBuilder()
            .Input("x", ElementType.Float, "n").Output("y", ElementType.Float, "n").Node("Identity", ["x"], ["y"]);
        if (sourceHash is null) return ModelSource.FromBytes(model.ToBytes());
        model.Metadata("trtbindings.source", "net.onnx").Metadata("trtbindings.source_sha256", sourceHash);
        return ModelSource.FromBytes(model.Metadata("trtbindings.precision", "float16").ToBytes());
    }

    private static ModelSignature Signature(string sourceHash)
    {
        var file = File(null).Describe();
        return new("net.onnx", file.Inputs, file.Outputs) { Declaration = new() { SourceHash = sourceHash } };
    }

    [Fact]
    public void A_conversion_of_another_model_is_an_error_that_names_both() =>
        Should.Throw<SignatureMismatchException>(() => ModelCheck.Describe(Signature("aa11"), File("bb22"))).Difference.ShouldBe(
            "the build converted the model with SHA-256 aa11, and this file was made as float16 from 'net.onnx' with SHA-256 "
                + "bb22.");

    [Theory]
    [InlineData("aa11", "aa11")]
    [InlineData("aa11", null)]
    [InlineData("", "bb22")]
    public void What_was_made_from_the_same_source_and_what_names_none_is_loaded(string compiled, string? found) =>
        ModelCheck.Describe(Signature(compiled), File(found)).Inputs.Count.ShouldBe(1);

    [Fact]
    public void New_weights_for_a_loaded_engine_may_be_a_conversion_of_another_model() =>
        ModelCheck.Describe(Signature("aa11"), File("bb22"), hasNewWeights: true).Inputs.Count.ShouldBe(1);

    [Fact]
    public void A_conversion_of_the_same_graph_with_other_weights_in_their_own_file_is_an_error()
    {
        var folder = Directory.CreateTempSubdirectory("trtbindings-");
        try
        {
            var (source, weights) = (Path.Combine(folder.FullName, "net.onnx"), Path.Combine(folder.FullName, "net.data"));
            System.IO.File.WriteAllBytes(source, new OnnxModelBuilder()
                .Input("x", ElementType.Float, 4).Output("y", ElementType.Float, 4)
                .ExternalInitializer("w", ElementType.Float, [4], "net.data", 0, 16).Node("Mul", ["x", "w"], ["y"]).ToBytes());
            System.IO.File.WriteAllBytes(weights, new byte[16]);
            var compiled = ModelConversion.ToFloat16(source, Path.Combine(folder.FullName, "a.onnx"));
            System.IO.File.WriteAllBytes(weights, [.. new byte[12], .. BitConverter.GetBytes(1f)]);
            var other = ModelConversion.ToFloat16(source, Path.Combine(folder.FullName, "b.onnx"));

            var file = ModelSource.FromFile(compiled.Target).Describe();
            var signature = new ModelSignature("net.onnx", file.Inputs, file.Outputs)
            {
                Declaration = new() { SourceHash = compiled.SourceHash },
            };
            ModelCheck.Describe(signature, ModelSource.FromFile(compiled.Target)).Inputs.Count.ShouldBe(1);
            Should.Throw<SignatureMismatchException>(() => ModelCheck.Describe(signature, ModelSource.FromFile(other.Target)))
                .Difference.ShouldContain(other.SourceHash);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
