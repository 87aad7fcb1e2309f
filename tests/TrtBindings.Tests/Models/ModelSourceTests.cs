using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Models;

public sealed class ModelSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtb").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_that_is_not_beside_the_program_lists_the_paths_tried()
    {
        var error = Should.Throw<ModelFileException>(
            () => ModelSource.Find(new("models/none.onnx", default, default), typeof(ModelSourceTests).Assembly));

        error.PathsTried.ShouldBe([Path.Combine(AppContext.BaseDirectory, "models", "none.onnx")]);
        error.Message.ShouldContain(error.PathsTried[0]);
    }

    [Fact]
    public void A_model_beside_the_program_is_found()
    {
        var file = Path.GetRandomFileName() + ".onnx";
        var path = Path.Combine(AppContext.BaseDirectory, file);
        File.WriteAllBytes(path, Identity().ToBytes());
        try
        {
            ModelSource.Find(new(file, default, default), typeof(ModelSourceTests).Assembly).Path.ShouldBe(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_is_described()
    {
        var path = Write("model.onnx", Identity().ToBytes());

        ModelSource.FromFile(path).Describe().Inputs[0].ToString().ShouldBe("x: float [n, 4]");
        ModelSource.FromBytes(File.ReadAllBytes(path)).Describe().Outputs[0].Name.ShouldBe("y");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><html><body>Not found</body></html>")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")]
    [InlineData("just some text that somebody named .onnx\n")]
    public void What_is_not_a_model_is_a_typed_error_that_names_the_file(string content)
    {
        var path = Write("broken.onnx", System.Text.Encoding.UTF8.GetBytes(content));

        var error = Should.Throw<ModelFileException>(() => ModelSource.FromFile(path).Describe());

        error.Model.ShouldBe(path);
        error.Message.ShouldContain(path);
        error.InnerException.ShouldBeOfType<OnnxFormatException>();
    }

    [Fact]
    public void A_truncated_model_is_a_typed_error()
    {
        var bytes = Identity().ToBytes();

        Should.Throw<ModelFileException>(() => ModelSource.FromBytes(bytes.AsMemory(0, bytes.Length - 1)).Describe());
    }

    [Fact]
    public void A_missing_file_is_a_typed_error() =>
        Should.Throw<ModelFileException>(() => ModelSource.FromFile(Path.Combine(_folder, "none.onnx")).Describe())
            .PathsTried.ShouldBe([Path.Combine(_folder, "none.onnx")]);

    [Fact]
    public void A_folder_named_like_a_model_is_a_typed_error() =>
        Should.Throw<ModelFileException>(() => ModelSource.FromFile(_folder).Describe());

    [Theory]
    [InlineData("weights.bin", "there is no such file")]
    [InlineData("../weights.bin", "outside its own folder")]
    [InlineData("/etc/hostname", "outside its own folder")]
    [InlineData("sub/../../weights.bin", "outside its own folder")]
    [InlineData("we\0ights.bin", "outside its own folder")]
    public void External_data_that_is_missing_or_outside_is_a_typed_error(string location, string message)
    {
        var path = Write("external.onnx", WithExternal(location).ToBytes());

        Should.Throw<ModelFileException>(() => ModelSource.FromFile(path).Describe()).Message.ShouldContain(message);
    }

    [Fact]
    public void External_data_that_is_too_short_is_a_typed_error()
    {
        var path = Write("external.onnx", WithExternal("weights.bin").ToBytes());
        Write("weights.bin", new byte[15]);

        Should.Throw<ModelFileException>(() => ModelSource.FromFile(path).Describe())
            .Message.ShouldContain("has 15 bytes; the model needs 16");
    }

    [Fact]
    public void External_data_in_a_folder_below_is_taken()
    {
        var path = Write("external.onnx", WithExternal("data/weights.bin").ToBytes());
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        Write("data/weights.bin", new byte[16]);

        ModelSource.FromFile(path).Describe().ExternalData[0].Location.ShouldBe("data/weights.bin");
    }

    [Fact]
    public void A_model_in_memory_cannot_have_external_data() =>
        Should.Throw<ModelFileException>(() => ModelSource.FromBytes(WithExternal("weights.bin").ToBytes()).Describe())
            .Message.ShouldContain("Use Load(path)");

    private static OnnxModelBuilder Identity() => new OnnxModelBuilder()
        .Input("x", ElementType.Float, "n", 4).Output("y", ElementType.Float, "n", 4).Node("Identity", ["x"], ["y"]);

    private static OnnxModelBuilder WithExternal(string location) => new OnnxModelBuilder()
        .Input("x", ElementType.Float, 4).Output("y", ElementType.Float, 4).Node("Add", ["x", "w"], ["y"])
        .ExternalInitializer("w", ElementType.Float, [4], location, 0, 16);

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
