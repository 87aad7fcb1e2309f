using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>Writes a model in a newer operator set: where an operator changed, its nodes are changed to mean the same.</summary>
internal sealed class OpsetRaise
{
    /// <summary>Older operators stretch their inputs in other ways.</summary>
    private const int Oldest = 7;

    private static readonly string[] Reductions =
    [
        "ReduceMax", "ReduceMin", "ReduceMean", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp",
        "ReduceSumSquare",
    ];

    private readonly Draft _draft;
    private readonly long _from;
    private readonly long _to;

    private OpsetRaise(Draft draft, long to) => (_draft, _from, _to) = (draft, draft.Opset, to);

    /// <summary>Raises a model; one that is as new already stays.</summary>
    /// <exception cref="ModelConversionException">It is too old, or a node has no equal in the newer set.</exception>
    public static void To(Draft draft, int version)
    {
        if (draft.Opset >= version) return;
        var raise = new OpsetRaise(draft, version);
        if (draft.Opset < Oldest) throw raise.Refused("its operators are too old");
        foreach (var graph in draft.Main.All().ToList())
        {
            var nodes = graph.Nodes.SelectMany(raise.Raise).ToList();
            graph.Nodes.Clear();
            graph.Nodes.AddRange(nodes);
        }

        var imports = draft.File.Model.OpsetImport;
        foreach (var import in imports.Where(import => import.Domain is "" or "ai.onnx")) import.Version = version;
        if (imports.All(import => import.Domain is not ("" or "ai.onnx")))
            imports.Add(new OperatorSetIdProto { Domain = "", Version = version });
        draft.Opset = version;
        // The format's version in which operator set 22 appeared.
        draft.File.Model.IrVersion = Math.Max(draft.File.Model.IrVersion, 10);
    }

    private IEnumerable<Node> Raise(Node node)
    {
        // What has no input or no result is wrong in any operator set.
        if (node.Domain.Length > 0 || node.Inputs.Count == 0 || node.Inputs[0] is null || node.Result is null) return [node];
        switch (node.Operator)
        {
            case "Squeeze" or "Unsqueeze" or "ReduceSum" when Passes(13): Move(node, "axes", 1); break;
            case var reduction when Reductions.Contains(reduction) && Passes(18): Move(node, "axes", 1); break;
            case "Split" when _from < 18:
                if (Passes(13)) Move(node, "split", 1);
                if (Passes(18) && node.Inputs.Count < 2) Set(node, "num_outputs", node.Outputs.Count);
                break;
            case "Slice" when _from < 10:
                Move(node, "starts", 1);
                Move(node, "ends", 2);
                Move(node, "axes", 3);
                break;
            case "TopK" when _from < 10:
                if (node.Attribute("k") is { } k) Place(node, 1, Ints(node, "k", [k.I]));
                Remove(node, "k");
                break;
            case "Clip" when _from < 11:
                MoveFloat(node, "min", 1);
                MoveFloat(node, "max", 2);
                break;
            case "Pad" when _from < 11:
                Move(node, "pads", 1);
                MoveFloat(node, "value", 2);
                break;
            case "Dropout" when _from < 12: Remove(node, "ratio", "is_test"); break;
            case "BatchNormalization" when Passes(14):
                if (node.Attribute("spatial") is { I: 0 } || node.Outputs.Skip(1).Any(value => value is not null))
                    throw Refused($"{node} normalizes as no newer operator does");
                Remove(node, "spatial", "is_test", "consumed_inputs");
                if (node.Outputs.Count > 1) node.Outputs.RemoveRange(1, node.Outputs.Count - 1);
                break;
            case "Upsample": RaiseUpsample(node); break;
            case "Resize" when _from < 11:
                node.Inputs.Insert(1, null);
                Old(node);
                break;
            case "Resize" when _from < 13 && Text(node, "coordinate_transformation_mode") == "tf_half_pixel_for_nn":
                throw Refused($"{node} samples as no newer operator does");
            case "Softmax" or "LogSoftmax" or "Hardmax" when _from < 13: return RaiseSoftmax(node);
            case "RoiAlign" when Passes(16): Set(node, "coordinate_transformation_mode", "output_half_pixel"); break;
            case "Scatter": node.Proto.OpType = "ScatterElements"; break;
            case "GridSample" when Passes(20) && Text(node, "mode") is "bilinear" or "bicubic":
                Set(node, "mode", Text(node, "mode") == "bilinear" ? "linear" : "cubic");
                break;
            case "GroupNormalization" when Passes(21): throw Refused($"{node} takes other parameters there");
            case "Scan" when _from < 9: throw Refused($"{node} takes other inputs there");
        }

        return [node];
    }

    /// <summary>True if the model comes from below a version and reaches it.</summary>
    private bool Passes(int version) => _from < version && _to >= version;

    /// <summary>Before 13 it made one row of all dimensions from its axis on.</summary>
    private IEnumerable<Node> RaiseSoftmax(Node node)
    {
        var axis = node.Attribute("axis")?.I ?? 1;
        var rank = node.Inputs[0]?.Declaration?.Type?.TensorType?.Shape?.Dim.Count;
        Set(node, "axis", -1);
        if (axis == -1 || (rank is { } known && (axis < 0 ? axis + known : axis) == known - 1)) return [node];
        var (input, output) = (node.Inputs[0], node.Outputs[0]);
        var shape = Add(node, "Shape", "shape", ElementType.Int64, input);
        var rows = Add(node, "Flatten", "rows", input!.Type, input);
        Set(rows, "axis", axis);
        var reshape = new Node(new() { OpType = "Reshape", Name = node.DisplayName + "_reshape" }, node.Owner);
        node.Inputs[0] = rows.Outputs[0];
        node.Outputs[0] = new(_draft.Names.Take(output!.Name + "_rows"), node.Owner) { Producer = node, Type = output.Type };
        reshape.Inputs.AddRange([node.Outputs[0], shape.Outputs[0]]);
        reshape.Outputs.Add(output);
        output.Producer = reshape;
        return [shape, rows, node, reshape];
    }

    private void RaiseUpsample(Node node)
    {
        node.Proto.OpType = "Resize";
        if (node.Attribute("scales") is { } scales)
        {
            float[] factors = [.. scales.Floats];
            node.Inputs.Add(_draft.AddFloats(node.Owner, node.DisplayName + "_scales", [factors.Length], factors));
            Remove(node, "scales");
        }

        node.Inputs.Insert(1, null);
        Old(node);
    }

    /// <summary>How places were computed before Resize could be told.</summary>
    private static void Old(Node node)
    {
        Set(node, "coordinate_transformation_mode", "asymmetric");
        Set(node, "nearest_mode", "floor");
    }

    private Node Add(Node at, string type, string name, ElementType element, Value? input)
    {
        var node = new Node(new() { OpType = type, Name = $"{at.DisplayName}_{name}" }, at.Owner);
        node.Inputs.Add(input);
        node.Outputs.Add(new(_draft.Names.Take($"{input!.Name}_{name}"), at.Owner) { Producer = node, Type = element });
        return node;
    }

    private void Move(Node node, string attribute, int input)
    {
        if (node.Attribute(attribute) is not { } found) return;
        Place(node, input, Ints(node, attribute, [.. found.Ints]));
        Remove(node, attribute);
    }

    private void MoveFloat(Node node, string attribute, int input)
    {
        if (node.Attribute(attribute) is not { } found) return;
        Place(node, input, _draft.AddFloats(node.Owner, $"{node.DisplayName}_{attribute}", [], [found.F]));
        Remove(node, attribute);
    }

    private Value Ints(Node node, string name, long[] values) => _draft.AddConstant(node.Owner, $"{node.DisplayName}_{name}",
        [values.Length], new InlineData(ElementType.Int64, values.Length, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

    private static void Place(Node node, int at, Value value)
    {
        while (node.Inputs.Count <= at) node.Inputs.Add(null);
        node.Inputs[at] = value;
    }

    private static void Remove(Node node, params string[] attributes)
    {
        foreach (var name in attributes)
            if (node.Attribute(name) is { } found) node.Proto.Attribute.Remove(found);
    }

    private static string? Text(Node node, string attribute) => node.Attribute(attribute)?.S?.ToStringUtf8();

    private static void Set(Node node, string attribute, long value)
    {
        Remove(node, attribute);
        node.Proto.Attribute.Add(new AttributeProto { Name = attribute, Type = 2, I = value });
    }

    private static void Set(Node node, string attribute, string value)
    {
        Remove(node, attribute);
        node.Proto.Attribute.Add(new AttributeProto { Name = attribute, Type = 3, S = ByteString.CopyFromUtf8(value) });
    }

    private ModelConversionException Refused(string why) => new(_draft.File.Path, string.Create(CultureInfo.InvariantCulture,
        $"'{_draft.File.Path}' is written in operator set {_from} and cannot be raised to {_to}: {why}. Export the model again "
        + $"with a newer operator set."));
}
