using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>Files that cannot be run, each a typed error that names the file.</summary>
public sealed class LoadErrorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_unknown_operator_is_a_load_error_that_names_file_operator_and_backend()
    {
        var path = Write("odd.onnx", new OnnxModelBuilder().Opset("", 17).Opset("com.example", 1)
            .Input("x", ElementType.Float, 4).Output("y", ElementType.Float, 4)
            .Graph(graph => graph.Node("com.example", "Frobnicate", ["x"], ["y"])).ToBytes());
        var error = Should.Throw<ModelLoadException>(() => UntypedModel.Load(path));
        error.Model.ShouldBe(path);
        error.Message.ShouldContain(path);
        error.Message.ShouldContain("Frobnicate");
        error.InnerException.ShouldBeOfType<OnnxRuntimeException>();
    }

    [Theory]
    [InlineData("Conv", "bfloat16")]
    [InlineData("MatMul", "export it in float32 or float16")]
    public void An_operator_that_lacks_bfloat16_is_a_load_error_that_names_file_and_type(string type, string expected)
    {
        long[] shape = type == "Conv" ? [1, 1, 2, 2] : [2, 2];
        var path = Write("brain.onnx", new OnnxModelBuilder().Initializer("w", ElementType.BFloat16, shape, new byte[8])
            .Input("x", ElementType.BFloat16, [.. shape.Cast<object>()])
            .Output("y", ElementType.BFloat16, [.. shape.Select(_ => (object?)null)])
            .Node(type, ["x", "w"], ["y"]).ToBytes());
        var error = Should.Throw<ModelLoadException>(() => UntypedModel.Load(path));
        error.Message.ShouldStartWith($"'{path}' could not be loaded by ONNX Runtime (CPU): ");
        error.Message.ShouldContain(type);
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public void A_file_that_is_no_model_is_a_file_error_that_names_it()
    {
        var whole = new OnnxModelBuilder().Input("x", ElementType.Float, 4).Output("y", ElementType.Float, 4)
            .Initializer("w", ElementType.Float, [4], new byte[16]).Node("Add", ["x", "w"], ["y"]).ToBytes();
        string[] paths =
        [
            Path.Combine(_folder, "missing.onnx"),
            Write("empty.onnx", []),
            Write("page.onnx", "<!DOCTYPE html><html><body>Not found</body></html>"u8.ToArray()),
            Write("text.onnx", "version 1\nsize 123456\n"u8.ToArray()),
            Write("cut.onnx", whole[..^20]),
        ];
        foreach (var path in paths)
        {
            var error = Should.Throw<ModelFileException>(() => UntypedModel.Load(path), path);
            error.Model.ShouldBe(path);
            error.Message.ShouldContain(path);
        }
    }

    [Fact]
    public void External_data_is_read_beside_the_file_and_its_absence_is_an_error()
    {
        var model = External("weights.bin");
        var path = Write("outside.onnx", model);
        Should.Throw<ModelFileException>(() => UntypedModel.Load(path)).Message.ShouldContain("weights.bin");
        Write("weights.bin", System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([1, 2]).ToArray());
        Should.Throw<ModelFileException>(() => UntypedModel.Load(path)).Message.ShouldContain("8 bytes");
        Write("weights.bin", System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([1, 2, 3, 4]).ToArray());
        using var loaded = UntypedModel.Load(path);
        using var inputs = loaded.CreateInputs();
        using var outputs = loaded.CreateOutputs();
        loaded.Run(inputs, outputs);
        outputs.Get<float>(0).Span.ToArray().ShouldBe([1, 2, 3, 4]);
        Should.Throw<ModelFileException>(() => UntypedModel.Load(model)).Message.ShouldContain("Load(path)");
    }

    [Fact]
    public void External_data_outside_the_folder_is_refused_although_it_exists()
    {
        Write("weights.bin", new byte[16]);
        Directory.CreateDirectory(Path.Combine(_folder, "inner"));
        foreach (var location in (string[])["../weights.bin", Path.Combine(_folder, "weights.bin")])
        {
            var path = Write(Path.Combine("inner", "m.onnx"), External(location));
            Should.Throw<ModelFileException>(() => UntypedModel.Load(path)).Message.ShouldContain(location);
        }
    }

    [Fact]
    public void A_file_name_beyond_ASCII_loads()
    {
        using var model = UntypedModel.Load(Write("ż 大 김 👩.onnx", TestModels.Identity()));
        model.Backend.Kind.ShouldBe(BackendKind.OnnxRuntimeCpu);
    }

    private static byte[] External(string location) => new OnnxModelBuilder()
        .Input("x", ElementType.Float, 4).Output("y", ElementType.Float, 4)
        .ExternalInitializer("w", ElementType.Float, [4], location, 0, 16)
        .Node("Add", ["x", "w"], ["y"]).ToBytes();

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
