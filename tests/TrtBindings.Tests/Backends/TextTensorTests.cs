using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

public sealed class TextTensorTests
{
    private static readonly string[] Awkward = ["", "a", "größer", "日本語", "👩‍🔬", "two\nlines", "nul\0inside", "\0"];

    [Fact]
    public void Text_goes_through_unchanged_an_embedded_zero_included()
    {
        using var model = UntypedModel.Load(new OnnxModelBuilder()
            .Input("x", ElementType.String, "n").Output("y", ElementType.String, "n")
            .Node("Identity", ["x"], ["y"]).ToBytes());
        using var inputs = model.CreateInputs(Awkward.Length);
        using var outputs = model.CreateOutputs(Awkward.Length);
        for (var run = 0; run < 3; run++)
        {
            Array.Reverse(Awkward);
            Awkward.CopyTo(inputs.GetText(0).Span);
            model.Run(inputs, outputs);
            outputs.GetText(0).Span.ToArray().ShouldBe(Awkward);
        }

        inputs.Resize(2);
        model.Run(inputs, outputs);
        outputs.GetText(0).Span.ToArray().ShouldBe(Awkward[..2]);
    }

    [Fact]
    public void A_null_element_is_an_error_that_names_it_and_harms_nothing()
    {
        using var model = UntypedModel.Load(new OnnxModelBuilder()
            .Input("number", ElementType.Float, "n").Input("words", ElementType.String, "n")
            .Output("y", ElementType.String, "n").Output("z", ElementType.Float, "n")
            .Node("Identity", ["words"], ["y"]).Node("Add", ["number", "number"], ["z"]).ToBytes());
        using var inputs = model.CreateInputs(2);
        using var outputs = model.CreateOutputs(2);
        model.Run(inputs, outputs);
        inputs.Resize(1);
        inputs.GetText(1).Span[0] = null!;
        Should.Throw<TensorException>(() => model.Run(inputs, outputs)).Message.ShouldContain("Element 0 of text tensor 'words'");
        inputs.GetText(1).Span[0] = "back";
        model.Run(inputs, outputs);
        outputs.GetText(0).Span.ToArray().ShouldBe(["back"]);
        outputs.Get<float>(1).Lengths[0].ShouldBe(1);
    }

    [SkippableFact]
    public void Strings_of_the_real_world_identity()
    {
        using var model = UntypedModel.Load(Shared.Require("realmodels/edge/ort__identity_string.onnx"));
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        ((string[])["a", "b", "c", "d"]).CopyTo(inputs.GetText(0).Span);
        model.Run(inputs, outputs);
        outputs.GetText(0).Lengths.ToArray().ShouldBe([2, 2]);
        outputs.GetText(0).Span.ToArray().ShouldBe(["a", "b", "c", "d"]);
    }

    [SkippableFact]
    public void A_split_gives_as_many_columns_as_the_longest_text_has_parts()
    {
        using var model = UntypedModel.Load(Shared.Require("realmodels/edge/onnx_node__test_string_split_basic/model.onnx"));
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        ((string[])["abc.com", "def.net"]).CopyTo(inputs.GetText(0).Span);
        for (var run = 0; run < 2; run++)
        {
            model.Run(inputs, outputs);
            outputs.GetText(0).Lengths.ToArray().ShouldBe([2, 2]);
            outputs.GetText(0).Span.ToArray().ShouldBe(["abc", "com", "def", "net"]);
            outputs.Get<long>(1).Span.ToArray().ShouldBe([2, 2]);
        }

        ((string[])["one", "a.b.c"]).CopyTo(inputs.GetText(0).Span);
        model.Run(inputs, outputs);
        outputs.GetText(0).Lengths.ToArray().ShouldBe([2, 3]);
        outputs.GetText(0).Span.ToArray().ShouldBe(["one", "", "", "a", "b", "c"]);
        outputs.Get<long>(1).Span.ToArray().ShouldBe([1, 3]);
    }
}
