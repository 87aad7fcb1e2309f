namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Ready engines that are opened without a class and without their .onnx.</summary>
[Trait("Category", "Slow")]
public sealed class UntypedEngineTests : IDisposable
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
    public void An_engine_says_its_tensors_itself_and_runs()
    {
        using var model = UntypedOnnxModel.LoadEngine(_rig.Engine(Sum), _rig.Options);
        model.Backend.Kind.ShouldBe(BackendKind.TensorRT);
        model.Signature.Inputs.ShouldHaveSingleItem().ToString().ShouldBe("x: float [batch, 3]");
        model.Signature.Outputs.ShouldHaveSingleItem().ToString().ShouldBe("y: float [batch, 3]");
        using var inputs = model.AllocateInputs(2);
        using var outputs = model.AllocateOutputs(inputs);
        inputs.Get<float>("x").Span.Fill(4);
        model.Run(inputs, outputs);
        outputs.Get<float>("y").Span.ToArray().ShouldBe([8f, 8, 8, 8, 8, 8]);
        using var many = model.AllocateInputs(17);
        using var results = model.AllocateOutputs(many);
        Should.Throw<TensorException>(() => model.Run(many, results)).Message.ShouldContain("No profile");
    }

    [SkippableFact]
    public void First_dimensions_of_several_inputs_are_not_taken_for_one_batch()
    {
        var path = _rig.Engine("""
            engine sum
            input a 0 n,3
            input b 0 m,3
            node Add sum y a b
            output y
            profile a=1,3/4,3/16,3 b=1,3/4,3/16,3
            """);
        using var model = UntypedOnnxModel.LoadEngine(path, _rig.Options);
        model.Signature.InputDimensions.Count.ShouldBe(2);
        model.Signature.InputDimensions.ShouldAllBe(dimension => dimension.Name == null);
    }

    [SkippableFact]
    public void What_is_no_engine_is_a_typed_error_and_another_backend_is_refused()
    {
        var path = _rig.Engine(Sum);
        Should.Throw<ModelOptionException>(
            () => UntypedOnnxModel.LoadEngine(path, _rig.Options with { RequiredBackend = BackendKind.OnnxRuntimeCpu }));
        File.WriteAllText(path, "hello");
        Should.Throw<EngineFileException>(() => UntypedOnnxModel.LoadEngine(path, _rig.Options));
        Should.Throw<EngineFileException>(() => UntypedOnnxModel.LoadEngine(Path.Combine(_rig.Folder, "none"), _rig.Options));
    }
}
