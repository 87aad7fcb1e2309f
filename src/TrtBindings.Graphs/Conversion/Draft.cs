using System.Runtime.InteropServices;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;
using TrtBindings.Graphs.Types;

namespace TrtBindings.Graphs.Conversion;

/// <summary>A model that is being changed.</summary>
internal sealed class Draft
{
    /// <summary>From here on constants need not be inputs as well.</summary>
    private const long ConstantsWithoutInputs = 4;

    // By reference: messages compare by content, which changes.
    private readonly Dictionary<TensorProto, TensorData> _changed = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Value> _unread;

    public Draft(OnnxFile file)
    {
        File = file;
        FunctionInliner.Inline(file.Path, file.Model);
        Main = new GraphReader(file.Path).Read(file.Model.Graph);
        // ONNX Runtime reads a file that names no operator set as one of today; BF16 names one.
        Opset = file.Model.OpsetImport.Where(import => import.Domain is "" or "ai.onnx").Select(import => import.Version)
            .DefaultIfEmpty(13).Max();
        if (file.Model.IrVersion < ConstantsWithoutInputs) DropInputsOfConstants();
        MakeConstants();
        TypeInference.Infer(Main);
        Names = new(Main);
        var uses = new Uses(Main);
        _unread = [.. Main.All().SelectMany(graph => graph.Initializers).Where(uses.IsUnused)];
    }

    /// <summary>Where the model came from.</summary>
    public OnnxFile File { get; }

    /// <summary>The main graph.</summary>
    public Graph Main { get; }

    /// <summary>For names of new values.</summary>
    public Names Names { get; }

    /// <summary>The operator set of ONNX's own domain.</summary>
    public long Opset { get; set; }

    /// <summary>Tensors with other elements than the file's.</summary>
    public IReadOnlyDictionary<TensorProto, TensorData> Changed => _changed;

    /// <summary>False for constants that no node of the file reads.</summary>
    public bool WasRead(Value constant) => !_unread.Contains(constant);

    /// <summary>The elements of a tensor as they are now.</summary>
    public TensorData? DataOf(TensorProto tensor) => _changed.GetValueOrDefault(tensor) ?? File.DataOf(tensor);

    /// <summary>A small constant as numbers.</summary>
    public float[] FloatsOf(TensorProto tensor)
    {
        var data = DataOf(tensor) ?? throw new InvalidOperationException($"'{tensor.Name}' is no tensor of numbers.");
        var values = new float[data.Count];
        ConvertedData.ToFloat(data.ToArray(), data.Type, values);
        return values;
    }

    /// <summary>Gives a tensor other elements. Its type becomes theirs.</summary>
    public void SetData(TensorProto tensor, TensorData data)
    {
        tensor.DataType = (int)data.Type;
        _changed[tensor] = data;
    }

    /// <summary>A new constant of floats.</summary>
    public Value AddFloats(Graph owner, string name, IEnumerable<long> shape, float[] values) => AddConstant(
        owner, name, shape,
        new InlineData(ElementType.Float, values.Length, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

    /// <summary>A new constant.</summary>
    public Value AddConstant(Graph owner, string name, IEnumerable<long> shape, TensorData data)
    {
        var tensor = new TensorProto { Name = Names.Take(name), DataType = (int)data.Type };
        tensor.Dims.AddRange(shape);
        SetData(tensor, data);
        var value = new Value(tensor.Name, owner) { Initializer = tensor, Type = data.Type };
        owner.Initializers.Add(value);
        return value;
    }

    /// <summary>
    /// Before version 4 of the format every constant also was an input, and no runtime lets a caller replace one of those.
    /// </summary>
    private void DropInputsOfConstants()
    {
        foreach (var value in Main.Inputs.Where(value => value.Initializer is not null))
            (value.IsInput, value.Declaration) = (false, null);
        Main.Inputs.RemoveAll(value => !value.IsInput);
        File.Model.IrVersion = ConstantsWithoutInputs;
    }

    /// <summary>
    /// Makes initializers of Constant nodes with floating-point numbers, so that there is one kind of constant.
    /// </summary>
    private void MakeConstants()
    {
        foreach (var graph in Main.All())
        {
            foreach (var node in graph.Nodes.Where(node => node is { Operator: "Constant", Domain: "" }).ToList())
            {
                if (node.Outputs is not [{ } value] || graph.Outputs.Contains(value)
                    || TensorOf(node) is not { } tensor) continue;
                tensor.Name = value.Name;
                (value.Producer, value.Initializer, value.Type) = (null, tensor, (ElementType)tensor.DataType);
                graph.Initializers.Add(value);
                graph.Nodes.Remove(node);
            }
        }
    }

    private TensorProto? TensorOf(Node node)
    {
        if (node.Attribute("value")?.T is { } tensor)
            return (ElementType)tensor.DataType is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 ? tensor
                : null;
        var (shape, values) = node.Attribute("value_float") is { } single ? (Array.Empty<long>(), new[] { single.F })
            : node.Attribute("value_floats") is { } many ? ([many.Floats.Count], many.Floats.ToArray()) : ([], []);
        if (values.Length == 0) return null;
        tensor = new() { DataType = (int)ElementType.Float };
        tensor.Dims.AddRange(shape);
        SetData(tensor, new InlineData(ElementType.Float, values.Length, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
        return tensor;
    }
}
