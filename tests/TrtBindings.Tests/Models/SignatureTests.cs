namespace TrtBindings.Tests.Models;

public sealed class SignatureTests
{
    private static readonly ModelDescription Compiled = new()
    {
        Inputs = SampleSignature.Detector.Inputs,
        Outputs = SampleSignature.Detector.Outputs,
    };

    [Fact]
    public void The_same_signature_loads_whatever_else_changed() =>
        SampleSignature.Detector.FirstDifference(Compiled with { ProducerName = "another", IrVersion = 9, NodeCount = 7 })
            .ShouldBeNull();

    [Fact]
    public void How_an_unknown_dimension_is_spelled_makes_no_difference()
    {
        var outputs = Compiled.Outputs.ToArray();
        outputs[1] = outputs[1] with { Shape = SymbolicShape.Of(Dimension.Unknown, Dimension.Fixed(2)) };

        SampleSignature.Detector.FirstDifference(Compiled with { Outputs = new(outputs) }).ShouldBeNull();
    }

    [Fact]
    public void A_changed_dimension_is_named_with_both_shapes()
    {
        var outputs = Compiled.Outputs.ToArray();
        outputs[0] = outputs[0] with
        {
            Shape = SymbolicShape.Of(Dimension.FromParameter("batch"), Dimension.Fixed(11)),
        };

        SampleSignature.Detector.FirstDifference(Compiled with { Outputs = new(outputs) })
            .ShouldBe("output 0 was compiled as scores: float [batch, 10], and the file has scores: float [batch, 11].");
    }

    [Fact]
    public void A_missing_and_an_added_tensor_are_named()
    {
        var inputs = Compiled.Inputs.ToArray();

        SampleSignature.Detector.FirstDifference(Compiled with { Inputs = new(inputs[..1]) })!.ShouldContain("'scale'");
        SampleSignature.Detector
            .FirstDifference(Compiled with { Inputs = new([.. inputs, SampleSignature.Tensor("mask", ElementType.Bool)]) })!
            .ShouldContain("mask: bool []");
    }

    [Fact]
    public void An_input_with_a_default_must_be_in_the_file_as_it_was_compiled_and_more_of_them_may_be()
    {
        var alpha = SampleSignature.Tensor("alpha", ElementType.Float, 1);
        var beta = SampleSignature.Tensor("beta", ElementType.Float, 1);
        var signature = new ModelSignature("m.onnx", Compiled.Inputs, Compiled.Outputs) { OptionalInputs = new([alpha]) };

        signature.FirstDifference(With(8, beta, alpha)).ShouldBeNull();
        signature.FirstDifference(With(8, beta))
            .ShouldBe("it has no input 'alpha' with a default (compiled: alpha: float [1]).");
        signature.FirstDifference(With(3, alpha)).ShouldNotBeNull("of IR version 3, where it is a constant");
        signature.FirstDifference(With(8, SampleSignature.Tensor("alpha", ElementType.Float, 2)))
            .ShouldBe("the input with a default was compiled as alpha: float [1], and the file has alpha: float [2].");
        SampleSignature.Detector.FirstDifference(With(8, alpha)).ShouldBeNull();

        static ModelDescription With(long version, params TensorDescription[] optional) =>
            Compiled with { IrVersion = version, OverridableInputs = new(optional) };
    }

    [Fact]
    public void Labels_belong_to_the_signature()
    {
        var signature = new ModelSignature("m.onnx", Compiled.Inputs, Compiled.Outputs, new(["cat", "dog"]));
        static ModelDescription With(string names) => Compiled with { Metadata = new([new MetadataEntry("names", names)]) };

        signature.FirstDifference(With("{0: 'cat', 1: 'dog'}")).ShouldBeNull();
        signature.FirstDifference(With("{0: 'cat', 1: 'cow'}"))
            .ShouldBe("class 1 was compiled as 'dog', and the file has 'cow'.");
        signature.FirstDifference(Compiled)!.ShouldContain("2 class labels were compiled, and the file has 0");
    }

    [Fact]
    public void A_name_is_one_size_and_every_unknown_dimension_its_own()
    {
        var signature = new ModelSignature("m.onnx", new(
        [
            SampleSignature.Tensor("a", ElementType.Float, Dimension.FromParameter("n"), Dimension.FromParameter("?")),
            SampleSignature.Tensor("b", ElementType.Float, Dimension.FromParameter("n"), Dimension.FromParameter("?")),
        ]), new([SampleSignature.Tensor("c", ElementType.Float, Dimension.FromParameter("n"), Dimension.FromParameter("m"))]));

        signature.InputDimensions.ShouldBe([new("n", 0, 0), new(null, 0, 1), new(null, 1, 1)]);
        signature.OutputDimensions.ShouldBe([new("n", 0, 0)]);
    }
}
