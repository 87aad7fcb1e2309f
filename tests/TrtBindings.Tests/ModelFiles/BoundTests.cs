using TrtBindings.ModelFiles.Onnx;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class BoundTests
{
    [Fact]
    public void Sixty_four_subgraphs_inside_one_another_are_read()
    {
        Describe.Graph(g => Nest(g, 64)).Operators.ShouldBe([new OperatorCount("", "If", 65)]);
    }

    [Fact]
    public void Subgraphs_nested_without_end_are_a_typed_error()
    {
        Describe.GraphError(g => Nest(g, 500)).Reason.ShouldContain("nested");
    }

    [Fact]
    public void Types_nested_without_end_are_a_typed_error()
    {
        var type = OnnxType.Tensor(ElementType.Float, 1);
        for (var i = 0; i < 500; i++) type = OnnxType.Sequence(type);
        Describe.Error(new OnnxModelBuilder().Graph(g => g.Input("x", type)).ToBytes()).Reason.ShouldContain("nested");
    }

    [Theory]
    [InlineData(11, "inputs")]
    [InlineData(12, "outputs")]
    public void Too_many_values_are_a_typed_error(int field, string what)
    {
        Describe.GraphError(g => Repeat(g, field, OnnxLimits.Entries + 1)).Reason.ShouldContain(what);
        Describe.Graph(g => Repeat(g, field, 1000)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(8)]
    [InlineData(14)]
    [InlineData(20)]
    [InlineData(25)]
    public void Too_many_entries_of_the_model_are_a_typed_error(int field)
    {
        var writer = new ProtobufWriter().Message(7, _ => { });
        Repeat(writer, field, OnnxLimits.Entries + 1);
        Describe.Error(writer.ToBytes()).Reason.ShouldContain("more than 100000");
    }

    [Fact]
    public void Too_many_operator_types_are_a_typed_error()
    {
        Describe.GraphError(g =>
        {
            for (var i = 0; i <= OnnxLimits.Entries; i++) g.Message(1, n => n.Text(4, $"Op{i}"));
        }).Reason.ShouldContain("operator types");
    }

    [Fact]
    public void Too_many_dimensions_are_a_typed_error()
    {
        var dims = new object?[OnnxLimits.Rank + 1];
        Describe.Error(new OnnxModelBuilder().Input("x", ElementType.Float, dims).ToBytes())
            .Reason.ShouldContain("dimensions");
        Describe.Model(new OnnxModelBuilder().Input("x", ElementType.Float, dims[..^1])).Inputs[0].Shape.Rank
            .ShouldBe(OnnxLimits.Rank);
    }

    [Fact]
    public void A_name_of_megabytes_is_a_typed_error_and_is_not_read()
    {
        Describe.GraphError(g => g.Message(1, n => n.Bytes(4, new byte[1 << 20])))
            .Reason.ShouldContain("name of 1048576");
    }

    [Fact]
    public void Texts_are_bounded_together_without_taking_memory_for_them()
    {
        // 1 GB of documentation, as in a sparse file.
        var stream = new HoleStream(new ProtobufWriter().Message(7, _ => { }).Header(6, 1L << 30).ToBytes(), 1L << 30);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<OnnxFormatException>(() => OnnxModelReader.Read(stream)).Reason.ShouldContain("documentation");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_long_text_is_read_whole_across_buffers()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}ż"));
        var model = Describe.Model(new OnnxModelBuilder().Metadata("names", text).Metadata("after", "yes"));
        model.FindMetadata("names").ShouldBe(text);
        model.FindMetadata("after").ShouldBe("yes");
    }

    private static void Nest(ProtobufWriter graph, int levels) => graph.Message(1, n =>
    {
        n.Text(4, "If");
        if (levels > 0) n.Message(5, a => a.Message(6, inner => Nest(inner, levels - 1)));
    });

    private static void Repeat(ProtobufWriter writer, int field, int count)
    {
        for (var i = 0; i < count; i++) writer.Bytes(field, []);
    }
}
