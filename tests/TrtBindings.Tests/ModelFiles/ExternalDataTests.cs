using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class ExternalDataTests
{
    [Fact]
    public void Tensors_of_one_file_are_one_reference_with_the_length_that_all_need()
    {
        Files(m => m
            .ExternalInitializer("a", ElementType.Float, [64], "b.bin", 4096, 256)
            .ExternalInitializer("b", ElementType.Float, [4], "b.bin", 0, 16)
            .ExternalInitializer("c", ElementType.Float, [4], "a.bin", 0, 16)).ShouldBe(
            [new ExternalDataReference("a.bin", 16), new ExternalDataReference("b.bin", 4352)]);
    }

    [Fact]
    public void A_length_that_is_not_stated_follows_from_the_shape()
    {
        Files(m => m.ExternalInitializer("a", ElementType.Float, [3, 5], "w", offset: 100))
            .ShouldBe([new ExternalDataReference("w", 160)]);
        Files(m => m.ExternalInitializer("a", ElementType.Int4, [3], "w"))
            .ShouldBe([new ExternalDataReference("w", 2)]);
        Files(m => m.ExternalInitializer("a", ElementType.Float, [long.MaxValue, 3], "w"))
            .ShouldBe([new ExternalDataReference("w", 0)]);
    }

    [Fact]
    public void Packed_dimensions_are_read_as_unpacked_ones()
    {
        Tensor(t => t
                .Packed(1, [3, 500]).Varint(2, 1)
                .Message(13, e => e.Text(1, "location").Text(2, "w")).Varint(14, 1))
            .ExternalData.ShouldBe([new ExternalDataReference("w", 6000)]);
    }

    [Fact]
    public void References_in_attributes_subgraphs_functions_and_sparse_tensors_are_found()
    {
        static OnnxTensor At(string location) => OnnxTensor.External("t", ElementType.Float, [1], location);
        var branch = new OnnxGraphBuilder("b")
            .Initializer(At("subgraph-initializer"))
            .SparseInitializer(At("subgraph-sparse"), At("subgraph-sparse"), 3)
            .Node("Constant", [], ["k"], OnnxAttribute.Tensor("value", At("subgraph-constant")));
        Files(m => m
            .Node("Constant", [], ["c"], OnnxAttribute.Tensor("value", At("constant")))
            .Node("If", ["c"], ["y"], OnnxAttribute.Graph("then_branch", branch))
            .Graph(g => g.SparseInitializer(At("sparse-values"), At("sparse-indices"), 3))
            .Function("f", "F", [], ["y"], "Constant", OnnxAttribute.Tensor("value", At("function"))))
            .Select(f => f.Location).ShouldBe(
            [
                "constant", "function", "sparse-indices", "sparse-values", "subgraph-constant", "subgraph-initializer",
                "subgraph-sparse",
            ]);
    }

    [Fact]
    public void Entries_without_the_external_mark_do_not_count()
    {
        Tensor(t => t.Varint(2, 1).Message(13, e => e.Text(1, "location").Text(2, "w"))).ExternalData.ShouldBeEmpty();
    }

    [Fact]
    public void A_location_outside_the_folder_is_reported_as_written()
    {
        Files(m => m.ExternalInitializer("a", ElementType.Float, [1], "../../etc/passwd"))
            .ShouldBe([new ExternalDataReference("../../etc/passwd", 4)]);
    }

    [Theory]
    [InlineData("offset", "-1")]
    [InlineData("offset", "")]
    [InlineData("offset", "12a")]
    [InlineData("length", "99999999999999999999")]
    public void A_number_that_is_none_is_a_typed_error(string key, string value)
    {
        Describe.GraphError(g => g.Message(5, t => t
            .Message(13, e => e.Text(1, "location").Text(2, "w")).Message(13, e => e.Text(1, key).Text(2, value))))
            .Reason.ShouldContain($"'{key}' of '{value}'");
    }

    [Fact]
    public void External_data_without_a_file_is_a_typed_error_that_names_the_tensor()
    {
        Describe.GraphError(g => g.Message(5, t => t.Text(8, "conv.weight").Varint(14, 1)))
            .Reason.ShouldContain("'conv.weight'");
    }

    private static ModelDescription Tensor(Action<ProtobufWriter> write) => Describe.Graph(g => g.Message(5, write));

    private static EquatableArray<ExternalDataReference> Files(Action<OnnxModelBuilder> build)
    {
        var model = new OnnxModelBuilder();
        build(model);
        return Describe.Model(model).ExternalData;
    }
}
