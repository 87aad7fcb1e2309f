using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// A copy of a model that also gives what lies between its nodes, in ONNX Runtime. Values of the main graph only.
/// </summary>
internal sealed class ActivationProbe : IDisposable
{
    private const string Suffix = "__probe";

    private readonly Draft _draft;
    private readonly CancellationToken _cancellation;
    private readonly ModelWriter _writer;
    private readonly Dictionary<string, (Value Value, ProbedFact Fact)> _outputs = [];
    private OrtModel? _session;

    /// <summary>Writes the copy beside the target and loads it. <see cref="Dispose"/> removes it.</summary>
    /// <param name="draft">The model as it is now.</param>
    /// <param name="target">The file beside which the copy lies.</param>
    /// <param name="wanted">What to give: of each value one or more facts.</param>
    /// <param name="cancellation">Ends writing and runs.</param>
    /// <exception cref="ModelConversionException">ONNX Runtime does not take it.</exception>
    public ActivationProbe(Draft draft, string target, IEnumerable<(Value Value, ProbedFact Fact)> wanted,
        CancellationToken cancellation = default)
    {
        (_draft, _cancellation) = (draft, cancellation);
        GraphWriter.Write(draft.Main);
        var model = draft.File.Model.Clone();
        var zero = AddZero(model.Graph, draft.Names.Take("zero" + Suffix));
        foreach (var (value, fact) in wanted) Add(model.Graph, zero, value, fact);
        _writer = new(draft.File, target);
        try
        {
            _writer.Write(draft.File, model, ChangedOf(draft, model), cancellation);
            _session = Translate(() => OrtModel.Load(_writer.TemporaryPath, GraphOptimizationLevel.ORT_ENABLE_ALL));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Values that can be probed: tensors of floating-point numbers that samples or nodes give.</summary>
    public static IEnumerable<Value> Candidates(Draft draft) =>
        draft.Main.Inputs.Concat(draft.Main.Nodes.SelectMany(node => node.Outputs).OfType<Value>())
            .Where(value => ConvertedData.IsFloat(value.Type) && value.Declaration?.Type?.SequenceType is null);

    /// <summary>Runs one sample and hands out every fact, numbers in row-major order.</summary>
    /// <exception cref="ModelConversionException">ONNX Runtime does not run it.</exception>
    public void Run(ModelSample sample, ProbeReader read) => Translate(() =>
    {
        // A model of integers has nothing to give, and ONNX Runtime gives not nothing.
        if (_outputs.Count == 0) return 0;
        _session!.Run(sample, _outputs.Keys, (name, values) => read(_outputs[name].Value, _outputs[name].Fact, values),
            _cancellation);
        return 0;
    });

    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
        _writer.Dispose();
    }

    /// <summary>Weights that are not those of the file.</summary>
    private static Dictionary<TensorProto, TensorData> ChangedOf(Draft draft, ModelProto model) =>
        // The clone's tensors are other objects; they follow each other in the same order.
        TensorWalk.All(draft.File.Model).Zip(TensorWalk.All(model))
            .Select(pair => (Tensor: pair.Second, Data: draft.Changed.GetValueOrDefault(pair.First)))
            .Where(pair => pair.Data is not null).ToDictionary<(TensorProto Tensor, TensorData? Data), TensorProto, TensorData>(
                pair => pair.Tensor, pair => pair.Data!, ReferenceEqualityComparer.Instance);

    private static string AddZero(GraphProto graph, string name)
    {
        graph.Initializer.Add(new TensorProto
        {
            Name = name, DataType = (int)ElementType.Float, Dims = { 1, 1 },
            RawData = ByteString.CopyFrom(new byte[sizeof(float)]),
        });
        return name;
    }

    private void Add(GraphProto graph, string zero, Value value, ProbedFact fact)
    {
        var name = _draft.Names.Take($"{value.Name}{Suffix}_{fact}");
        switch (fact)
        {
            case ProbedFact.Size:
                Node("Size", value.Name, name + "0");
                Node("Cast", name + "0", name, "to", (long)ElementType.Float);
                break;
            case ProbedFact.Numbers:
                // One row of any tensor, also of a scalar and of one without elements, under a name that no output has.
                Node("Flatten", InFloat(), name, "axis", 0);
                break;
            default:
                // Reduced to one number inside ONNX Runtime; the zero at the end is for tensors without elements.
                Node("Flatten", InFloat(), name + "1", "axis", 0);
                Node("Abs", name + "1", name + "2");
                Node("Concat", name + "2", name + "3", "axis", 1, zero);
                Node("ReduceMax", name + "3", name, "keepdims", 0);
                break;
        }

        _outputs[name] = (value, fact);
        graph.Output.Add(new ValueInfoProto
        {
            Name = name, Type = new() { TensorType = new() { ElemType = (int)ElementType.Float } },
        });

        string InFloat()
        {
            if (value.Type == ElementType.Float) return value.Name;
            Node("Cast", value.Name, name + "0", "to", (long)ElementType.Float);
            return name + "0";
        }

        void Node(string type, string input, string output, string? attribute = null, long number = 0, string? also = null)
        {
            var node = new NodeProto { OpType = type, Input = { input }, Output = { output } };
            if (also is not null) node.Input.Add(also);
            if (attribute is not null) node.Attribute.Add(new AttributeProto { Name = attribute, Type = 2, I = number });
            graph.Node.Add(node);
        }
    }

    private T Translate<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (OrtFailure e)
        {
            throw ResultCheck.NotRun(_draft.File.Path, e);
        }
    }
}

/// <summary>Takes a fact about a value on one sample.</summary>
internal delegate void ProbeReader(Value value, ProbedFact fact, ReadOnlySpan<float> numbers);

/// <summary>What a probe can give of a value.</summary>
internal enum ProbedFact
{
    /// <summary>The largest magnitude; 0 of a tensor without elements.</summary>
    Largest,

    /// <summary>The number of elements.</summary>
    Size,

    /// <summary>All elements.</summary>
    Numbers,
}
