using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>Names of the members and parameters of one generated <c>Inputs</c> or <c>Outputs</c> class.</summary>
internal sealed class TensorNames
{
    /// <summary>
    /// Members of <c>TensorSet</c>, <c>ModelInputs</c>, <c>ModelOutputs</c> and <c>object</c>, and the names of the two classes.
    /// </summary>
    private static readonly string[] Inherited =
    [
        "Inputs", "Outputs", "CompiledSignature", "Tensors", "Attachment", "Dispose", "Enter", "Exit", "Keep", "Signature",
        "DimensionValues", "DimensionCapacities", "Resize", "ResizeTo", "AddTensor", "AddStringTensor", "AddUntypedTensor",
        "NextTensor", "NextUnrankedTensor", "SkipTensor", "CheckCapacity", "Equals", "Finalize", "GetHashCode", "GetType",
        "MemberwiseClone", "ReferenceEquals", "ToString", "HostMemory", "DeviceTensors",
        "OptionalInputs", "OptionalVersion", "Given", "AddOptional", "AddOptionalTensor", "AddOptionalStringTensor",
        "SkipOptional",
    ];

    private readonly NameScope _members = new(Inherited);
    private readonly NameScope _parameters;

    private readonly ChosenNames _renamed;

    /// <param name="renamed">Names that the project chose.</param>
    /// <param name="dimensions">Dimensions whose parameters stand beside those of the tensors.</param>
    public TensorNames(ChosenNames renamed, params DimensionSpec[] dimensions)
    {
        _renamed = renamed;
        // The constructors have parameters "model" and "dimensions".
        _parameters = new(["model", "dimensions", .. dimensions.Select(d => d.Parameter.TrimStart('@'))]);
    }

    /// <summary>True if the generated classes have a member of this name anyway.</summary>
    public static bool IsReserved(string name) => Inherited.Contains(name);

    /// <summary>Names the tensors. A tensor that repeats an earlier name gets no member.</summary>
    /// <param name="values">The tensors, in file order.</param>
    /// <param name="role"><c>Input</c> or <c>Output</c>, used for names without a usable letter.</param>
    /// <param name="isInput">True if unranked tensors get their shape from the caller.</param>
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

            var name = _renamed.Tensors.TryGetValue(value.Name, out var chosen)
                ? chosen
                : NaturalNames.OfTensor(value.Name, role, i);
            var needsShape = isInput && !value.Shape.IsRanked;
            var parameter = _parameters.Take(Identifiers.Camel(name), p => needsShape ? [p + "Shape"] : []);
            // What the file declares, less the sizes that it is wrong about.
            var described = value.Shape.Varies ? value with { Shape = value.Shape.WithoutVarying() } : value;
            result[i] = new(
                described, type, _members.Take(name), Identifiers.Escape(parameter), needsShape ? parameter + "Shape" : null);
        }

        return result;
    }

    /// <summary>
    /// Names the inputs with a default. The shape parameter marks those whose shape the other inputs do not decide.
    /// </summary>
    public TensorSpec[] Optional(EquatableArray<TensorDescription> values, IReadOnlyList<DynamicDimension> dimensions)
    {
        var result = new TensorSpec[values.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var value = values[i];
            if (!CSharpTypes.HasForm(value))
            {
                result[i] = new(value, null, "", "", null);
                continue;
            }

            var name = _renamed.Tensors.TryGetValue(value.Name, out var chosen)
                ? chosen
                : NaturalNames.OfTensor(value.Name, "Optional", i);
            var isDecided = value.Shape.IsRanked
                && value.Shape.Dimensions.All(d => d.IsFixed || DynamicDimensions.IndexOf(dimensions, d) >= 0);
            result[i] = new(value, CSharpTypes.Of(value.ElementType), _members.Take(name), "", isDecided ? null : "shape");
        }

        return result;
    }

    /// <summary>Names the dynamic dimensions of the inputs. Call it after the tensors, which have priority.</summary>
    public DimensionSpec[] Dimensions(
        IReadOnlyList<DynamicDimension> dimensions, EquatableArray<TensorDescription> inputs)
    {
        var result = new DimensionSpec[dimensions.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var dimension = dimensions[i];
            var tensor = inputs[dimension.Input];
            var name = dimension.Name is not null && _renamed.Dimensions.TryGetValue(dimension.Name, out var chosen)
                ? chosen
                : NaturalNames.OfDimension(dimension, i, inputs);
            var parameter = _parameters.Take(Identifiers.Camel(name));
            var property = _members.Take(name, static p => [DimensionSpec.CapacityOf(p)]);
            result[i] = new(i, dimension.Name, tensor.Name, dimension.Axis, Identifiers.Escape(parameter), property);
        }

        return result;
    }
}
