namespace TrtBindings.ModelFiles.Onnx;

/// <content>Operators that choose, order or repeat elements.</content>
internal static partial class ShapeRules
{
    /// <summary>The axes of an attribute or of the second input; <see langword="null"/> for none.</summary>
    private static long[]? Axes(NodeFacts node, ValueTable values) =>
        node.Ints(AttributeFacts.Axes) ?? values[node.Input(1)].KnownNumbers();

    /// <summary>An axis that may count from the end; -1 if it is outside.</summary>
    private static int Axis(long axis, int rank)
    {
        if (axis < 0) axis += rank;
        return axis >= 0 && axis < rank ? (int)axis : -1;
    }

    private static ValueFacts Reduce(NodeFacts node, ValueFacts x, long[]? axes)
    {
        if (x.Shape is null) return ValueFacts.None;
        var isAll = axes is not { Length: > 0 };
        // Axes in an input whose elements are not known.
        if (isAll && node.InputCount > 1 && node.Input(1) != 0 && axes is null) return ValueFacts.None;
        if (isAll && node.Int(AttributeFacts.WithoutAxes, 0) != 0) return new(x.Shape);
        var isReduced = new bool[x.Shape.Length];
        for (var i = 0; i < (isAll ? x.Shape.Length : axes!.Length); i++)
        {
            var axis = isAll ? i : Axis(axes![i], x.Shape.Length);
            if (axis < 0) return ValueFacts.None;
            isReduced[axis] = true;
        }

        return new(Without(x.Shape, isReduced, node.Int(AttributeFacts.KeepDimensions, 1) != 0));
    }

    private static Extent[] Without(Extent[] shape, bool[] isLeftOut, bool keeps)
    {
        var count = 0;
        var result = new Extent[shape.Length];
        for (var axis = 0; axis < shape.Length; axis++)
            if (!isLeftOut[axis] || keeps) result[count++] = isLeftOut[axis] ? Extent.Of(1) : shape[axis];
        return Part(result, 0, count);
    }

    private static ValueFacts TopK(NodeFacts node, ValueTable values, ValueFacts x)
    {
        if (x.Shape is null || Axis(node.Int(AttributeFacts.Axis, -1), x.Shape.Length) is var axis && axis < 0)
            return ValueFacts.None;
        var shape = (Extent[])x.Shape.Clone();
        shape[axis] = values[node.Input(1)].Numbers is { Length: 1 } count ? count[0] : Extent.Unknown;
        return new(shape);
    }

    private static ValueFacts Split(NodeFacts node, ValueTable values, ValueFacts x, int output)
    {
        if (x.Shape is null || Axis(node.Int(AttributeFacts.Axis, 0), x.Shape.Length) is var axis && axis < 0)
            return ValueFacts.None;
        var sizes = node.Ints(AttributeFacts.Split) ?? values[node.Input(1)].KnownNumbers();
        var shape = (Extent[])x.Shape.Clone();
        shape[axis] = sizes is not null && output < sizes.Length ? Extent.Of(sizes[output]) : Extent.Windowed(shape[axis]);
        return new(shape);
    }

    private static ValueFacts Concat(NodeFacts node, ValueTable values)
    {
        if (node.Find(AttributeFacts.Axis)?.Int is not { } declared || values[node.Input(0)].Shape is not { } first)
            return ConcatNumbers(node, values);
        var axis = Axis(declared, first.Length);
        if (axis < 0) return ValueFacts.None;
        var shape = (Extent[])first.Clone();
        for (var i = 1; i < node.InputCount; i++)
        {
            if (values[node.Input(i)].Shape is not { } next || next.Length != first.Length) return ValueFacts.None;
            for (var other = 0; other < shape.Length; other++)
            {
                if (other == axis) shape[axis] = Extent.Sum(shape[axis], next[axis]);
                else if (next[other].IsKnown || (!shape[other].IsKnown && !shape[other].Varies)) shape[other] = next[other];
            }
        }

        return new(shape, shape.Length == 1 ? ConcatNumbers(node, values).Numbers : null);
    }

    private static ValueFacts ConcatNumbers(NodeFacts node, ValueTable values)
    {
        var count = 0;
        for (var i = 0; i < node.InputCount; i++)
        {
            if (values[node.Input(i)].Numbers is not { } part) return ValueFacts.None;
            count += part.Length;
        }

        if (count > ValueFacts.MostNumbers) return ValueFacts.None;
        var numbers = new Extent[count];
        count = 0;
        for (var i = 0; i < node.InputCount; i++)
        {
            var part = values[node.Input(i)].Numbers!;
            part.CopyTo(numbers, count);
            count += part.Length;
        }

        return ValueFacts.List(numbers);
    }

    private static ValueFacts Slice(NodeFacts node, ValueTable values, ValueFacts x)
    {
        if (x.Shape is null) return ValueFacts.None;
        var starts = node.Ints(AttributeFacts.Starts) ?? values[node.Input(1)].KnownNumbers();
        var ends = node.Ints(AttributeFacts.Ends) ?? values[node.Input(2)].KnownNumbers();
        var axes = node.Find(AttributeFacts.Starts) is not null || node.Input(3) == 0
            ? node.Ints(AttributeFacts.Axes)
            : values[node.Input(3)].KnownNumbers();
        var count = axes?.Length ?? starts?.Length ?? x.Shape.Length;
        // Axes in an input whose elements are not known.
        if (axes is null && node.Input(3) != 0) return ValueFacts.None;
        var steps = node.Input(4) == 0 ? null : values[node.Input(4)].KnownNumbers() ?? [];
        var shape = (Extent[])x.Shape.Clone();
        Extent[]? numbers = null;
        for (var i = 0; i < count; i++)
        {
            var axis = Axis(axes?[i] ?? i, shape.Length);
            if (axis < 0) return ValueFacts.None;
            if (starts is null || ends is null || i >= starts.Length || i >= ends.Length)
            {
                shape[axis] = Extent.Unknown;
                continue;
            }

            var isDense = steps is null || (i < steps.Length && steps[i] == 1);
            if (x.Numbers is { } all && shape.Length == 1 && isDense) numbers = Elements(all, starts[i], ends[i]);
            shape[axis] = Cut(shape[axis], starts[i], ends[i], isDense);
        }

        return new(shape, numbers);
    }

    /// <summary>
    /// The size of a part of an axis. Of an axis that varies, only what comes after a fixed start varies for certain.
    /// </summary>
    private static Extent Cut(Extent axis, long start, long end, bool isDense)
    {
        if (axis.Varies) return start >= 0 && (end < 0 || end >= int.MaxValue) ? axis : Extent.Unknown;
        if (!axis.IsKnown || !isDense) return Extent.Unknown;
        return Extent.Of(Math.Max(0, Place(end, axis.Value) - Place(start, axis.Value)));
    }

    private static long Place(long index, long length) =>
        Math.Min(Math.Max(index < 0 ? index + length : index, 0), length);

    private static Extent[] Elements(Extent[] all, long start, long end)
    {
        var (first, last) = ((int)Place(start, all.Length), (int)Place(end, all.Length));
        return Part(all, first, Math.Max(first, last));
    }

    private static ValueFacts Transpose(NodeFacts node, ValueFacts x)
    {
        if (x.Shape is null) return ValueFacts.None;
        var order = node.Ints(AttributeFacts.Permutation);
        var shape = new Extent[x.Shape.Length];
        if (order is not null && order.Length != shape.Length) return ValueFacts.None;
        for (var i = 0; i < shape.Length; i++)
        {
            var axis = Axis(order?[i] ?? shape.Length - 1 - i, shape.Length);
            if (axis < 0) return ValueFacts.None;
            shape[i] = x.Shape[axis];
        }

        return new(shape);
    }

    private static ValueFacts Tile(ValueFacts x, Extent[]? repeats)
    {
        if (x.Shape is null || repeats is null || repeats.Length != x.Shape.Length) return ValueFacts.None;
        var shape = new Extent[repeats.Length];
        for (var axis = 0; axis < shape.Length; axis++) shape[axis] = Extent.Product(x.Shape[axis], repeats[axis]);
        return new(shape);
    }

    private static ValueFacts Range(ValueFacts start, ValueFacts end) => new(
    [
        start.KnownNumbers() is { Length: 1 } && end.Numbers is { Length: 1 } limit ? Extent.Windowed(limit[0]) : Extent.Unknown,
    ]);
}
