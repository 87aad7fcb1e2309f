namespace TrtBindings.Generators;

/// <summary>Names of the members and parameters of one generated <c>Inputs</c> or <c>Outputs</c> class.</summary>
internal sealed class TensorNames
{
    /// <summary>
    /// Members that <c>TensorSet</c>, <c>ModelInputs</c>, <c>ModelOutputs</c> and <c>object</c> have, and the two
    /// classes' own names.
    /// </summary>
    private static readonly string[] Inherited =
    [
        "Inputs", "Outputs", "CompiledSignature", "Tensors", "Attachment", "Dispose", "Enter", "Exit", "Keep", "Signature",
        "DimensionValues", "DimensionCapacities", "Resize", "ResizeTo", "AddTensor", "AddStringTensor", "AddUntypedTensor",
        "NextTensor", "NextUnrankedTensor", "SkipTensor", "CheckCapacity", "Equals", "Finalize", "GetHashCode", "GetType",
        "MemberwiseClone", "ReferenceEquals", "ToString", "HostMemory", "DeviceTensors",
    ];

    private readonly NameScope _members = new(Inherited);
    private readonly NameScope _parameters;

    private readonly IReadOnlyDictionary<string, string> _renamed;

    /// <param name="renamed">Members that the project names itself, by ONNX name.</param>
    /// <param name="dimensions">Dimensions whose parameters stand beside those of the tensors.</param>
    public TensorNames(IReadOnlyDictionary<string, string> renamed, params DimensionSpec[] dimensions)
    {
        _renamed = renamed;
        // The constructors take the model as "model" and the sizes as "dimensions".
        _parameters = new(["model", "dimensions", .. dimensions.Select(d => d.Parameter.TrimStart('@'))]);
    }

    /// <summary>Whether the generated classes have a member of this name already.</summary>
    public static bool IsReserved(string name) => Inherited.Contains(name);

    /// <summary>The tensors, in file order. One that repeats the name of another has no member.</summary>
    /// <param name="values">The tensors, in file order.</param>
    /// <param name="role"><c>Input</c> or <c>Output</c>: stands in for a name that has nothing to offer.</param>
    /// <param name="isInput">Whether unranked tensors take their shape from the caller.</param>
    public TensorSpec[] Tensors(EquatableArray<TensorDescription> values, string role, bool isInput)
    {
        var result = new TensorSpec[values.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < result.Length; i++)
        {
            var value = values[i];
            var type = CSharpTypes.HasForm(value) ? CSharpTypes.Of(value.ElementType)
                : !isInput && CSharpTypes.IsUntyped(value) ? "object"
                : null;
            if (type is not null && !seen.Add(value.Name)) type = null;
            if (type is null)
            {
                result[i] = new(value, null, "", "", null);
                continue;
            }

            var name = _renamed.TryGetValue(value.Name, out var chosen)
                ? chosen
                : Identifiers.Pascal(value.Name, role, role + Literals.Number(i));
            var needsShape = isInput && !value.Shape.IsRanked;
            var parameter = _parameters.Take(Identifiers.Camel(name), p => needsShape ? [p + "Shape"] : []);
            result[i] = new(
                value, type, _members.Take(name), Identifiers.Escape(parameter), needsShape ? parameter + "Shape" : null);
        }

        return result;
    }

    /// <summary>Dynamic dimensions of the inputs. To be asked for after the tensors, which keep their plain names.</summary>
    public DimensionSpec[] Dimensions(
        IReadOnlyList<DynamicDimension> dimensions, EquatableArray<TensorDescription> inputs)
    {
        var result = new DimensionSpec[dimensions.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var dimension = dimensions[i];
            var tensor = inputs[dimension.Input];
            var name = dimension.Name is null
                ? UnknownName(tensor, dimension)
                : Identifiers.Pascal(dimension.Name, "Dim", "Dim" + Literals.Number(i));
            var parameter = _parameters.Take(Identifiers.Camel(name));
            var property = _members.Take(name, static p => [DimensionSpec.CapacityOf(p)]);
            result[i] = new(i, dimension.Name, tensor.Name, dimension.Axis, Identifiers.Escape(parameter), property);
        }

        return result;
    }

    private static string UnknownName(TensorDescription tensor, DynamicDimension dimension)
    {
        if (ImageLayout.IsChannelFirst(tensor.Shape)) return ImageLayout.AxisName(dimension.Axis);
        var name = Identifiers.Pascal(tensor.Name, "Input", "Input" + Literals.Number(dimension.Input));
        return name + "Dim" + Literals.Number(dimension.Axis);
    }
}
