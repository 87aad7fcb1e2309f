using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Engines are compared by the family that the item names where the file does not tell it.</summary>
[Trait("Category", "Slow")]
public sealed class ParityFamilyTests : IDisposable
{
    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void An_output_of_a_family_that_the_item_names_is_compared_by_its_decisions_on_pictures_prepared_for_it()
    {
        var model = ThreePlanes();
        var plain = UntypedModel.BuildEngine(model, Options()).Parity.ShouldNotBeNull();
        // Three planes may be a picture: each is a channel, and nothing is decided.
        plain.Outputs.ShouldAllBe(output => output.Part.StartsWith("channel") && output.Agreement == null && output.Range <= 1);
        (plain.Family, plain.ToString().Contains("by numbers only")).ShouldBe((null, false));

        Directory.Delete(Path.Combine(_rig.Folder, "cache"), recursive: true);
        var named = UntypedModel.BuildEngine(model, "SemanticSegmentation", Options()).Parity.ShouldNotBeNull();
        named.Passed.ShouldBeTrue(named.ToString());
        named.Family.ShouldBe("SemanticSegmentation");
        named.ToString().ShouldContain(
            ", by numbers only (TensorRtOptions.Parity.Results compares what a SemanticSegmentation model finds too): ");
        named.Outputs.ShouldAllBe(output => output.Part.Length == 0 && output.Agreement == 1);
        // Numbers from 0 to 1, less the mean and by the deviation of ImageNet.
        named.Outputs.ShouldAllBe(output => output.Range > 1);
    }

    [SkippableFact]
    public void A_family_that_does_not_fit_the_file_decides_nothing() =>
        UntypedModel.BuildEngine(ThreePlanes(), "YoloPose", Options()).Parity.ShouldNotBeNull().Outputs
            .ShouldAllBe(output => output.Part.StartsWith("channel"));

    private string ThreePlanes() => new OnnxModelBuilder().Input("x", ElementType.Float, "batch", 3, 16, 16)
        .Output("y", ElementType.Float, "batch", 3, 16, 16).Graph(graph => graph.NamedNode("/Identity", "Identity", ["x"], ["y"]))
        .Save(_rig, "planes.onnx");

    private ModelOptions Options() => _rig.With(options => options with
    {
        Profiles = [new() { ["batch"] = (1, 2, 4) }],
    });
}
