using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Models that TensorRT refuses: the error names the node, or the input and its type, and the fix.</summary>
[Trait("Category", "Slow")]
public sealed class RefusedModelTests
{
    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void A_node_without_an_importer_is_named(int major, int minor)
    {
        using var rig = new BuildRig(major, minor);
        var error = rig.Refused(rig.Save("m.onnx", new OnnxModelBuilder()
            .Input("x", ElementType.Float, 2).Output("y", ElementType.Float, 2)
            .Graph(g => g.NamedNode("first", "Identity", ["x"], ["a"]).NamedNode("odd one", "Einsum", ["a"], ["y"]))));
        var issue = error.Issues.ShouldHaveSingleItem();
        (issue.Node, issue.NodeName, issue.Operator, issue.Input).ShouldBe((1, "odd one", "Einsum", null));
        error.Message.ShouldContain("node 1 'odd one' (Einsum): Plugin not found");
        error.Message.ShouldContain("belongs on ONNX Runtime");
        error.LibraryVersion.ShouldBe($"{major}.{minor}.0.7");
        error.InnerException.ShouldBeOfType<TensorRtException>();
        rig.Fake.Get("builds").ShouldBe(0);
        rig.ShouldBeClean("builder", "network");
        rig.Parser.Get("live.parser").ShouldBe(0);
    }

    [SkippableFact]
    public void A_node_without_a_name_is_named_by_its_place_its_operator_and_the_input_whose_type_it_does_not_take()
    {
        using var rig = new BuildRig();
        var error = rig.Refused(rig.Save("m.onnx", new OnnxModelBuilder()
            .Input("other", ElementType.Int8, 2)
            .Input("x", ElementType.UInt8, 2).Output("y", ElementType.UInt8, 2).Node("Relu", ["x"], ["y"])));
        error.Issues.ShouldHaveSingleItem().NodeName.ShouldBeEmpty();
        error.Message.ShouldContain("node 0 (Relu), input 'x' of type tensor(uint8): Assertion failed: Found unsupported input");
        error.Message.ShouldContain("or export it without these nodes");
    }

    [SkippableFact]
    public void Every_node_that_is_refused_is_an_issue()
    {
        using var rig = new BuildRig();
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, 2).Output("y0", ElementType.Float, 2);
        for (var i = 0; i < 6; i++) model.Node("Erf", ["x"], [$"y{i}"]);
        var error = rig.Refused(rig.Save("m.onnx", model));
        error.Issues.Select(issue => issue.Node).ShouldBe([0, 1, 2, 3, 4, 5]);
        error.Message.ShouldContain("and 2 more");
    }

    [SkippableTheory]
    [InlineData(ElementType.Int16, "tensor(int16)")]
    [InlineData(ElementType.UInt32, "tensor(uint32)")]
    [InlineData(ElementType.String, "tensor(string)")]
    public void An_input_of_a_type_that_there_is_none_of_is_named_with_its_type(ElementType type, string text)
    {
        using var rig = new BuildRig();
        var error = rig.Refused(rig.Save("m.onnx", new OnnxModelBuilder()
            .Input("fine", ElementType.Float, 2).Input("ids", type, 2).Output("y", ElementType.Float, 2)
            .Node("Identity", ["fine"], ["y"])));
        var issue = error.Issues.ShouldHaveSingleItem();
        (issue.Input, issue.Type, issue.Node).ShouldBe(("ids", text, null));
        error.Message.ShouldContain($"input 'ids' of type {text}: ");
        error.Message.ShouldContain("another type");
    }

    [SkippableFact]
    public void What_is_no_model_is_refused_with_the_parsers_words()
    {
        using var rig = new BuildRig();
        rig.Refused(ModelSource.FromBytes("not an onnx file"u8.ToArray()), new())
            .Message.ShouldContain("Failed to parse the ONNX model");
    }

    [SkippableFact]
    public void A_parser_that_is_not_there_is_named_with_its_folder()
    {
        using var rig = new BuildRig(parser: false);
        var error = Should.Throw<NativeLibraryException>(() => rig.Build(rig.Save("m.onnx", BuildModels.Fixed())));
        error.Library.ShouldBe("nvonnxparser");
        error.Message.ShouldContain("libnvonnxparser.so.10");
        error.Message.ShouldContain(rig.Fake.Folder);
    }

    [SkippableFact]
    public void A_model_without_sizes_for_a_dimension_names_the_dimension_and_the_option()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Shift(1, 2, 3));
        var error = Should.Throw<ModelOptionException>(() => rig.Build(model));
        error.Option.ShouldBe("TensorRtOptions.Profiles");
        error.Message.ShouldContain("'batch'");
        rig.Options = rig.Options with { Profiles = [[]] };
        Should.Throw<ModelOptionException>(() => rig.Build(model)).Message.ShouldContain("does not say the sizes of 'batch'");
        rig.Fake.Get("builds").ShouldBe(0);
    }

    [SkippableFact]
    public void What_TensorRT_says_when_it_cannot_build_is_in_the_error()
    {
        using var rig = new BuildRig();
        rig.Fake.Set("fail.build", 1);
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        rig.Refused(model).Message.ShouldContain("Could not find any implementation for node");
        // The next build works.
        File.Exists(rig.Build(model)).ShouldBeTrue();
    }
}
