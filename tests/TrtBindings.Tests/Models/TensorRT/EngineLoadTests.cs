using System.Buffers.Binary;
using System.Text;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Loading ready engines without an .onnx.</summary>
[Trait("Category", "Slow")]
public sealed class EngineLoadTests : IDisposable
{
    private const string Sum = """
        engine double
        input x 0 batch,3
        node Add sum y x x
        output y
        profile x=1,3/4,3/16,3
        """;

    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void An_engine_runs_without_its_onnx_and_describes_itself_as_it_was_compiled()
    {
        using var model = DeclaredModel.LoadEngine(_rig.Engine(Sum), _rig.Options);
        (model.Backend.Kind, model.Backend.Rejected.Count, model.Source.IsEngine).ShouldBe((BackendKind.TensorRT, 0, true));
        model.Description.Inputs.ShouldBe(model.Signature.Inputs);
        model.Description.Metadata.ShouldBeEmpty();
        using var inputs = model.Inputs(2);
        using var outputs = model.Outputs(2);
        inputs.X.Span.Fill(4);
        model.Run(inputs, outputs);
        outputs.Y.Span.ToArray().ShouldAllBe(value => value == 8);
    }

    [SkippableFact]
    public void What_Ultralytics_writes_before_the_plan_is_the_metadata()
    {
        var path = _rig.Engine(Sum, Header("""{"task": "detect", "stride": 32}"""));
        using var model = DeclaredModel.LoadEngine(path, _rig.Options);
        model.Description.FindMetadata("task").ShouldBe("detect");
        model.Description.FindMetadata("stride").ShouldBe("32");
    }

    [SkippableFact]
    public void Labels_before_the_plan_must_be_those_that_were_compiled()
    {
        var path = _rig.Engine(Sum, Header("""{"names": {"0": "mug"}}"""));
        Should.Throw<SignatureMismatchException>(() => DeclaredModel.LoadEngine(path, _rig.Options))
            .Difference.ShouldContain("0 class labels were compiled, and the file has 1");
    }

    [SkippableFact]
    public void An_engine_of_another_model_is_an_error_that_names_the_difference()
    {
        var path = _rig.Engine(Sum.Replace("batch,3", "batch,4").Replace(",3/", ",4/").Replace("16,3", "16,4"));
        var error = Should.Throw<SignatureMismatchException>(() => DeclaredModel.LoadEngine(path, _rig.Options));
        error.Model.ShouldBe(path);
        error.Message.ShouldContain("'x'");
    }

    [SkippableFact]
    public void A_file_that_is_missing_cut_off_or_no_engine_is_a_typed_error()
    {
        var missing = Path.Combine(_rig.Folder, "none.engine");
        Should.Throw<EngineFileException>(() => DeclaredModel.LoadEngine(missing, _rig.Options)).Path.ShouldBe(missing);
        var path = _rig.Engine(Sum);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^7]);
        Should.Throw<EngineFileException>(() => DeclaredModel.LoadEngine(path, _rig.Options)).Message.ShouldContain("cut off");
        File.WriteAllText(path, "hello");
        Should.Throw<EngineFileException>(() => DeclaredModel.LoadEngine(path, _rig.Options));
    }

    [SkippableFact]
    public void Nothing_else_than_TensorRT_is_tried_for_an_engine()
    {
        var path = _rig.Engine(Sum);
        var elsewhere = _rig.Options with { RequiredBackend = null };
        elsewhere = elsewhere with { TensorRT = elsewhere.TensorRT with { LibraryPath = Path.Combine(_rig.Folder, "none") } };
        Should.Throw<NativeLibraryException>(() => DeclaredModel.LoadEngine(path, elsewhere));
        Should.Throw<ModelOptionException>(
            () => DeclaredModel.LoadEngine(path, _rig.Options with { RequiredBackend = BackendKind.OnnxRuntimeCpu }));
    }

    [SkippableFact]
    public void An_engine_that_the_options_name_runs_the_onnx_or_the_reason_is_kept()
    {
        var named = _rig.With(options => options with { EngineFile = _rig.Engine(Sum) });
        using (var model = DeclaredModel.Load(named)) model.Backend.Kind.ShouldBe(BackendKind.TensorRT);
        var missing = _rig.With(options => options with { EngineFile = Path.Combine(_rig.Folder, "none.engine") });
        var error = Should.Throw<BackendUnavailableException>(() => DeclaredModel.Load(missing));
        error.InnerException.ShouldBeOfType<EngineFileException>();
        using var fallback = DeclaredModel.Load(missing with { RequiredBackend = null });
        fallback.Backend.Rejected[0].ToString().ShouldStartWith("TensorRT: There is no engine file ");
        Should.Throw<ModelOptionException>(() => DeclaredModel.BuildEngine(named)).Message.ShouldContain("nothing to build");
    }

    private static byte[] Header(string json)
    {
        var text = Encoding.UTF8.GetBytes(json);
        var header = new byte[sizeof(int) + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(header, text.Length);
        text.CopyTo(header, sizeof(int));
        return header;
    }
}
