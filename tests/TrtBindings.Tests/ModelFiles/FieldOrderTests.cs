using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class FieldOrderTests
{
    [Fact]
    public void The_order_of_fields_does_not_matter()
    {
        var usual = new ProtobufWriter()
            .Varint(1, 8).Text(2, "writer").Text(3, "1.2").Text(4, "org.example").Varint(5, 7).Text(6, "model doc")
            .Message(7, g =>
            {
                g.Message(1, Node).Text(2, "g").Message(5, Weight).Text(10, "graph doc");
                g.Message(11, v => Value(v, "x")).Message(11, v => Value(v, "w")).Message(12, v => Value(v, "y"));
            })
            .Message(8, o => o.Text(1, "").Varint(2, 17))
            .Message(14, m => m.Text(1, "k").Text(2, "v"));
        var reversed = new ProtobufWriter()
            .Message(14, m => m.Text(2, "v").Text(1, "k"))
            .Message(8, o => o.Varint(2, 17).Text(1, ""))
            .Message(7, g =>
            {
                g.Message(12, v => Value(v, "y")).Message(11, v => Value(v, "x")).Message(11, v => Value(v, "w"));
                g.Text(10, "graph doc").Message(5, WeightReversed).Text(2, "g").Message(1, Node);
            })
            .Text(6, "model doc").Varint(5, 7).Text(4, "org.example").Text(3, "1.2").Text(2, "writer").Varint(1, 8);

        var expected = Describe.Bytes(usual.ToBytes());
        Describe.Bytes(reversed.ToBytes()).ShouldBe(expected);

        expected.IrVersion.ShouldBe(8);
        (expected.ProducerName, expected.ProducerVersion).ShouldBe(("writer", "1.2"));
        (expected.Domain, expected.ModelVersion, expected.Documentation).ShouldBe(("org.example", 7, "model doc"));
        (expected.GraphName, expected.GraphDocumentation).ShouldBe(("g", "graph doc"));
        expected.Opsets.ShouldBe([new OpsetImport("", 17)]);
        expected.Inputs.Select(i => i.Name).ShouldBe(["x"]);
        expected.OverridableInputs.Select(i => i.Name).ShouldBe(["w"]);
        expected.Operators.ShouldBe([new OperatorCount("ml", "Scale", 1)]);
        expected.InitializerTypes.ShouldBe([new ElementTypeCount(ElementType.Float, 1)]);
        expected.FindMetadata("k").ShouldBe("v");
        expected.FindMetadata("K").ShouldBeNull();
    }

    [Fact]
    public void Unknown_fields_of_every_wire_type_are_skipped()
    {
        var model = Describe.Graph(g => g
            .Varint(1000, -1).Fixed32(1001, 1).Fixed64(1002, 2).Bytes(1003, new byte[5000])
            .Message(1, n => n.Varint(77, 3).Text(4, "Relu").Fixed64(78, 1)));
        model.Operators.ShouldBe([new OperatorCount("", "Relu", 1)]);
    }

    [Fact]
    public void A_known_field_of_another_wire_type_is_an_unknown_one()
    {
        var model = Describe.Graph(g => g.Varint(2, 5).Message(1, n => n.Fixed32(4, 1)));
        model.GraphName.ShouldBe("");
        model.Operators.ShouldBe([new OperatorCount("", "", 1)]);
    }

    [Fact]
    public void A_message_given_twice_is_merged_and_a_scalar_given_twice_is_the_last()
    {
        var model = Describe.Bytes(new ProtobufWriter()
            .Varint(1, 3).Varint(1, 8)
            .Message(7, g => g.Text(2, "first").Message(1, Node))
            .Message(7, g => g.Text(2, "second").Message(1, Node))
            .ToBytes());
        (model.IrVersion, model.GraphName, model.NodeCount).ShouldBe((8, "second", 2));
    }

    private static void Node(ProtobufWriter node) => node.Text(7, "ml").Text(1, "x").Text(4, "Scale").Text(2, "y");

    private static void Weight(ProtobufWriter tensor) =>
        tensor.Varint(1, 2).Varint(2, 1).Text(8, "w").Bytes(9, new byte[8]);

    private static void WeightReversed(ProtobufWriter tensor) =>
        tensor.Bytes(9, new byte[8]).Text(8, "w").Varint(2, 1).Varint(1, 2);

    private static void Value(ProtobufWriter value, string name) => value.Text(1, name);
}
