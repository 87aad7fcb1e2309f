namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// What operators make of shapes: which sizes follow dynamic dimensions of the inputs. An operator that is not here, or a case
/// that it does not see through, gives values of which nothing is known. So nothing is said to vary that does not.
/// </summary>
internal static partial class ShapeRules
{
    /// <summary>Finds what is known of a node's outputs.</summary>
    public static void Apply(NodeFacts node, ValueTable values)
    {
        if (node.OutputCount == 0) return;
        var x = values[node.Input(0)];
        switch (node.Operator)
        {
            case "TopK" or "Split" or "MaxPool" or "BatchNormalization" or "Dropout" or "LayerNormalization":
                ApplyToAll(node, values, x);
                break;
            default:
                values[node.Output(0)] = First(node, values, x);
                break;
        }
    }

    private static void ApplyToAll(NodeFacts node, ValueTable values, ValueFacts x)
    {
        for (var i = 0; i < node.OutputCount; i++)
        {
            values[node.Output(i)] = node.Operator switch
            {
                "TopK" => TopK(node, values, x),
                "Split" => Split(node, values, x, i),
                "MaxPool" => Pool(x),
                _ when i == 0 => x,
                _ => ValueFacts.None,
            };
        }
    }

    private static ValueFacts First(NodeFacts node, ValueTable values, ValueFacts x)
    {
        switch (node.Operator)
        {
            case "Identity" or "Cast" or "Floor" or "Ceil":
                return x;
            case "Relu" or "LeakyRelu" or "PRelu" or "Elu" or "Selu" or "Celu" or "ThresholdedRelu" or "Sigmoid" or "HardSigmoid"
                or "HardSwish" or "Swish" or "Mish" or "Gelu" or "Tanh" or "Softplus" or "Softsign" or "Clip" or "Softmax"
                or "LogSoftmax" or "Hardmax" or "Exp" or "Log" or "Sqrt" or "Abs" or "Neg" or "Round" or "Sign" or "Reciprocal"
                or "Erf" or "Sin" or "Cos" or "Not" or "IsNaN" or "IsInf" or "InstanceNormalization" or "GroupNormalization"
                or "RMSNormalization" or "LRN" or "LpNormalization" or "MeanVarianceNormalization" or "QuantizeLinear"
                or "DequantizeLinear" or "CumSum" or "Trilu" or "ScatterND" or "ScatterElements" or "Scatter":
                return new(x.Shape);
            case "GatherElements":
                return new(values[node.Input(1)].Shape);
            case "Add" or "Sub" or "Mul" or "Div" or "Mod" or "Pow" or "Max" or "Min" or "Sum" or "Mean" or "Where" or "Equal"
                or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "And" or "Or" or "Xor":
                return Elementwise(node, values);
            case "Conv" or "ConvTranspose":
                return Convolution(x, values[node.Input(1)], node.Operator == "Conv");
            case "AveragePool" or "LpPool" or "Pad" or "DepthToSpace" or "SpaceToDepth":
                return Pool(x);
            case "GlobalAveragePool" or "GlobalMaxPool" or "GlobalLpPool":
                return GlobalPool(x);
            case "Resize" or "Upsample":
                return Resize(node, values, x);
            case "MatMul":
                return MatMul(x.Shape, values[node.Input(1)].Shape);
            case "Gemm":
                return Gemm(node, x.Shape, values[node.Input(1)].Shape);
            case "ArgMax" or "ArgMin":
                return Reduce(node, x, [node.Int(AttributeFacts.Axis, 0)]);
            case "ReduceMean" or "ReduceSum" or "ReduceMax" or "ReduceMin" or "ReduceProd" or "ReduceL1" or "ReduceL2"
                or "ReduceLogSum" or "ReduceLogSumExp" or "ReduceSumSquare":
                return Reduce(node, x, Axes(node, values));
            default:
                return Layout(node, values, x);
        }
    }

    /// <summary>Only the order, number and choice of elements change.</summary>
    private static ValueFacts Layout(NodeFacts node, ValueTable values, ValueFacts x) => node.Operator switch
    {
        "Constant" => Constant(node),
        "Shape" => ShapeOf(node, x),
        "Size" => new([], x.Shape is null ? null : [Product(x.Shape, 0, x.Shape.Length)]),
        "Gather" => Gather(node, x, values[node.Input(1)]),
        "Concat" => Concat(node, values),
        "Slice" => Slice(node, values, x),
        "Transpose" => Transpose(node, x),
        "Reshape" => Reshape(x, node.Ints(AttributeFacts.Shape) is { Length: > 0 } shape
            ? ValueFacts.Constant([shape.Length], shape)
            : values[node.Input(1)]),
        "Flatten" => Flatten(node, x),
        "Squeeze" => Squeeze(x, Axes(node, values), node.InputCount > 1),
        "Unsqueeze" => Unsqueeze(x, Axes(node, values)),
        "Expand" => new(Broadcast(x.Shape, values[node.Input(1)].Numbers)),
        "ConstantOfShape" => new(x.Numbers),
        "Tile" => Tile(x, values[node.Input(1)].Numbers),
        "Range" => Range(values[node.Input(0)], values[node.Input(1)]),
        _ => ValueFacts.None,
    };

    private static ValueFacts Elementwise(NodeFacts node, ValueTable values)
    {
        var first = values[node.Input(0)];
        var shape = first.Shape;
        for (var i = 1; i < node.InputCount; i++) shape = Broadcast(shape, values[node.Input(i)].Shape);
        if (node.InputCount != 2 || first.Numbers is not { } left || values[node.Input(1)].Numbers is not { } right)
            return new(shape);
        if (left.Length != right.Length && left.Length != 1 && right.Length != 1) return new(shape);
        var numbers = new Extent[Math.Max(left.Length, right.Length)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Extent.Compute(
                node.Operator, left[left.Length == 1 ? 0 : i], right[right.Length == 1 ? 0 : i]);
        }

        return new(shape, numbers);
    }

    private static ValueFacts Convolution(ValueFacts x, ValueFacts weights, bool countsFilters)
    {
        if (x.Shape is not { Length: > 2 }) return ValueFacts.None;
        var shape = Windowed(x.Shape);
        shape[1] = countsFilters && weights.Shape is { Length: > 2 } filters ? filters[0] : Extent.Unknown;
        return new(shape);
    }

    private static ValueFacts Pool(ValueFacts x)
    {
        if (x.Shape is not { Length: > 2 }) return ValueFacts.None;
        var shape = Windowed(x.Shape);
        shape[1] = Extent.Varying(x.Shape[1].With);
        return new(shape);
    }

    private static Extent[] Windowed(Extent[] shape)
    {
        var result = new Extent[shape.Length];
        result[0] = shape[0];
        for (var axis = 2; axis < shape.Length; axis++) result[axis] = Extent.Windowed(shape[axis]);
        return result;
    }

    private static ValueFacts GlobalPool(ValueFacts x)
    {
        if (x.Shape is not { Length: > 2 }) return ValueFacts.None;
        var shape = (Extent[])x.Shape.Clone();
        for (var axis = 2; axis < shape.Length; axis++) shape[axis] = Extent.Of(1);
        return new(shape);
    }

    private static ValueFacts Resize(NodeFacts node, ValueTable values, ValueFacts x)
    {
        if (values[node.Input(3)].Numbers is { } sizes) return new(sizes.Length == x.Shape?.Length ? sizes : null);
        if (x.Shape is null || node.Input(3) != 0) return ValueFacts.None;
        var shape = new Extent[x.Shape.Length];
        for (var axis = 0; axis < shape.Length; axis++) shape[axis] = Extent.Windowed(x.Shape[axis]);
        return new(shape);
    }

    private static ValueFacts MatMul(Extent[]? left, Extent[]? right)
    {
        if (left is not { Length: >= 2 } || right is not { Length: >= 2 }) return ValueFacts.None;
        var shape = Broadcast(Part(left, 0, left.Length - 2), Part(right, 0, right.Length - 2))!;
        var result = new Extent[shape.Length + 2];
        shape.CopyTo(result, 0);
        (result[shape.Length], result[shape.Length + 1]) = (left[left.Length - 2], right[right.Length - 1]);
        return new(result);
    }

    private static ValueFacts Gemm(NodeFacts node, Extent[]? left, Extent[]? right) => new(
    [
        left is { Length: 2 } ? left[node.Int(AttributeFacts.TransposeA, 0) == 0 ? 0 : 1] : Extent.Unknown,
        right is { Length: 2 } ? right[node.Int(AttributeFacts.TransposeB, 0) == 0 ? 1 : 0] : Extent.Unknown,
    ]);

    private static Extent[]? Broadcast(Extent[]? left, Extent[]? right)
    {
        if (left is null || right is null) return null;
        var result = new Extent[Math.Max(left.Length, right.Length)];
        for (var i = 1; i <= result.Length; i++)
        {
            var (one, other) = (i <= left.Length ? left[left.Length - i] : Extent.Of(1),
                i <= right.Length ? right[right.Length - i] : Extent.Of(1));
            result[result.Length - i] = Extent.Broadcast(one, other);
        }

        return result;
    }

    private static Extent[] Part(Extent[] shape, int start, int end)
    {
        var part = new Extent[end - start];
        Array.Copy(shape, start, part, 0, part.Length);
        return part;
    }

    private static Extent Product(Extent[] shape, int start, int end)
    {
        var product = Extent.Of(1);
        for (var axis = start; axis < end; axis++) product = Extent.Product(product, shape[axis]);
        return product;
    }
}
