using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// The largest magnitude of every floating-point value of the main graph on samples. Each value is reduced to one number inside
/// ONNX Runtime, so that a run needs little more memory than any run.
/// </summary>
internal static class RangeMeasurement
{
    private const string Suffix = "__range";

    /// <summary>Measures the model as it is now.</summary>
    /// <param name="draft">The model, in 32 bits.</param>
    /// <param name="target">A copy with ranges as outputs is written beside it, and removed again.</param>
    /// <param name="samples">At least one.</param>
    /// <exception cref="ModelConversionException">ONNX Runtime does not run the model on them.</exception>
    public static Dictionary<Value, float> Measure(Draft draft, string target, IReadOnlyList<ModelSample> samples)
    {
        GraphWriter.Write(draft.Main);
        var model = draft.File.Model.Clone();
        var measured = draft.Main.Inputs.Concat(draft.Main.Nodes.SelectMany(node => node.Outputs).OfType<Value>())
            .Where(value => value.Type == ElementType.Float && value.Declaration?.Type?.SequenceType is null).ToList();
        AddRanges(model.Graph, draft, measured);
        // The clone's tensors are other objects; they follow each other in the same order.
        var changed = TensorWalk.All(draft.File.Model).Zip(TensorWalk.All(model))
            .Select(pair => (Tensor: pair.Second, Data: draft.Changed.GetValueOrDefault(pair.First)))
            .Where(pair => pair.Data is not null).ToDictionary<(TensorProto Tensor, TensorData? Data), TensorProto, TensorData>(
                pair => pair.Tensor, pair => pair.Data!, ReferenceEqualityComparer.Instance);
        using var writer = new ModelWriter(draft.File, target);
        writer.Write(draft.File, model, changed);
        var ranges = new Dictionary<string, float>();
        try
        {
            using var session = OrtModel.Load(writer.TemporaryPath, GraphOptimizationLevel.ORT_ENABLE_ALL);
            string[] outputs = [.. measured.Select(value => value.Name + Suffix)];
            foreach (var sample in samples)
            {
                session.Run(sample, outputs, (name, values) =>
                    ranges[name] = Math.Max(ranges.GetValueOrDefault(name), values.Length > 0 ? values[0] : 0));
            }
        }
        catch (OrtFailure e)
        {
            throw new ModelConversionException(draft.File.Path, $"ONNX Runtime cannot run '{draft.File.Path}' on the samples: "
                + $"{e.Message} Correct ConversionOptions.Samples, or leave them out.", e);
        }

        return measured.Where(value => ranges.ContainsKey(value.Name + Suffix))
            .ToDictionary(value => value, value => ranges[value.Name + Suffix]);
    }

    /// <summary>
    /// Flatten makes one row of any tensor, also of a scalar and of one without elements; the zero at its end is for the latter.
    /// </summary>
    private static void AddRanges(GraphProto graph, Draft draft, List<Value> measured)
    {
        var zero = new TensorProto
        {
            Name = draft.Names.Take("zero" + Suffix),
            DataType = (int)ElementType.Float,
            Dims = { 1, 1 },
            RawData = ByteString.CopyFrom(new byte[sizeof(float)]),
        };
        graph.Initializer.Add(zero);
        foreach (var value in measured)
        {
            var name = value.Name + Suffix;
            var flatten = new NodeProto { OpType = "Flatten", Input = { value.Name }, Output = { name + "0" } };
            flatten.Attribute.Add(new AttributeProto { Name = "axis", Type = 2, I = 0 });
            var concat = new NodeProto { OpType = "Concat", Input = { name + "1", zero.Name }, Output = { name + "2" } };
            concat.Attribute.Add(new AttributeProto { Name = "axis", Type = 2, I = 1 });
            var max = new NodeProto { OpType = "ReduceMax", Input = { name + "2" }, Output = { name } };
            max.Attribute.Add(new AttributeProto { Name = "keepdims", Type = 2, I = 0 });
            graph.Node.Add(flatten);
            graph.Node.Add(new NodeProto { OpType = "Abs", Input = { name + "0" }, Output = { name + "1" } });
            graph.Node.Add(concat);
            graph.Node.Add(max);
            graph.Output.Add(new ValueInfoProto
            {
                Name = name, Type = new() { TensorType = new() { ElemType = (int)ElementType.Float } },
            });
        }
    }
}
