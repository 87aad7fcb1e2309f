using System.Runtime.InteropServices;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Parity;

/// <summary>
/// Whole models that give a head of numbers whatever picture they get, compared as the gate compares an engine: with every number
/// within the tolerance, the one with another find is refused.
/// </summary>
public sealed class PlantedModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtb-planted-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_RT_DETR_with_a_moved_box_is_refused_and_one_with_its_rows_in_another_order_is_not()
    {
        float[][] rows =
        [
            [0.5f, 0.5f, 0.2f, 0.2f, 0.9f, 1], [0.2f, 0.3f, 0.1f, 0.2f, 0.8f, 0], [0.8f, 0.8f, 0.2f, 0.1f, 0.7f, 1],
            [0.1f, 0.1f, 0.1f, 0.1f, 0.001f, 0],
        ];
        Compare(rows, [rows[2], rows[0], rows[1], rows[3]]).Passed.ShouldBeTrue();
        var moved = rows[1].ToArray();
        moved[0] += 0.02f;
        var report = Compare(rows, [rows[0], moved, rows[2], rows[3]]);
        report.Results.ShouldNotBeNull().ShouldStartWith("RtDetr, Rows");
        report.Outputs.Where(one => one.Output == "output0").ShouldAllBe(one => one.Passed);
        var failure = report.Failure.ShouldNotBeNull();
        (failure.Output, failure.Part, failure.BatchItem).ShouldBe((OutputParity.ResultsName, "boxes", 0));
        failure.Problem.ShouldNotBeNull().ShouldMatch(
            @"^mug 0\.80 \[9\.6 12\.8 16\.0 25\.6\] of picture 0 is mug 0\.80 \[10\.9 12\.8 17\.3 25\.6\] in the engine: an edge "
            + @"is off by 1\.28 px, 0\.02 of 64, and the tolerance is 0\.005$");
        report.ToString().ShouldContain("and as RtDetr, Rows, 2 classes: beyond the tolerance");
    }

    [Fact]
    public void A_score_that_sinks_is_refused_by_its_tolerance()
    {
        float[][] rows =
        [
            [0.5f, 0.5f, 0.2f, 0.2f, 0.9f, 1], [0.2f, 0.3f, 0.1f, 0.2f, 0.8f, 0], [0.1f, 0.1f, 0.1f, 0.1f, 0.001f, 0],
        ];
        var sunk = rows[1].ToArray();
        sunk[4] -= 0.04f;
        var failure = Compare(rows, [rows[0], sunk, rows[2]]).Outputs.Single(one => one.Part == "scores" && !one.Passed
            && one.Output == OutputParity.ResultsName);
        failure.Problem.ShouldNotBeNull().ShouldContain("has the score 0.76 instead of 0.8 in the engine: 0.04");
        Compare(rows, [rows[0], sunk, rows[2]], ModelPrecision.BFloat16).Outputs
            .Where(one => one.Output == OutputParity.ResultsName).ShouldAllBe(one => one.Passed);
    }

    [Fact]
    public void A_family_that_the_file_does_not_tell_is_named_by_its_word()
    {
        float[][] rows = [[0.5f, 0.5f, 0.2f, 0.2f, 0.9f, 1], [0.1f, 0.1f, 0.1f, 0.1f, 0.001f, 0]];
        var description = ModelSource.FromFile(Save("plain.onnx", rows, isNamed: false)).Describe();
        VisionParity.Default.NameOf(description).ShouldBeNull();
        new VisionParity("RtDetr").NameOf(description).ShouldNotBeNull().ShouldStartWith("RtDetr");
        Should.Throw<ModelFamilyException>(() => new VisionParity("Zebra").NameOf(description)).Message.ShouldContain("'Zebra'");
    }

    private ParityReport Compare(float[][] reference, float[][] planted, ModelPrecision precision = ModelPrecision.Float16)
    {
        using var left = UntypedModel.Load(Save("reference.onnx", reference), ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        using var right = UntypedModel.Load(Save("planted.onnx", planted), ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        return ModelParity.Compare(right, left, precision, new() { Results = VisionParity.Default });
    }

    private string Save(string name, float[][] rows, bool isNamed = true)
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, 1, 3, 64, 64)
            .Output("output0", ElementType.Float, 1, rows.Length, 6)
            .Initializer("head", ElementType.Float, [1, rows.Length, 6],
                MemoryMarshal.AsBytes(rows.SelectMany(row => row).ToArray().AsSpan()).ToArray())
            .Initializer("zero", ElementType.Float, [1], new byte[sizeof(float)])
            .Node("ReduceMean", ["images"], ["mean"], OnnxAttribute.Int("keepdims", 0))
            .Node("Mul", ["mean", "zero"], ["nothing"]).Node("Add", ["head", "nothing"], ["output0"]);
        if (isNamed) model.Metadata("task", "detect").Metadata("head", "RTDETRDecoder").Metadata("names", "{0: 'mug', 1: 'pen'}");
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, model.ToBytes());
        return path;
    }
}
