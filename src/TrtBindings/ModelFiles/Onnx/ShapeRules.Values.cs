namespace TrtBindings.ModelFiles.Onnx;

/// <content>Operators that compute shapes, and those that change the rank.</content>
internal static partial class ShapeRules
{
    private static ValueFacts Constant(NodeFacts node)
    {
        if (node.Find(AttributeFacts.Value)?.Tensor is { } tensor) return tensor;
        if (node.Find(AttributeFacts.ValueInt)?.Int is { } number) return ValueFacts.Constant([], [number]);
        return node.Ints(AttributeFacts.ValueInts) is { } list ? ValueFacts.Constant([list.Length], list) : ValueFacts.None;
    }

    private static ValueFacts ShapeOf(NodeFacts node, ValueFacts x)
    {
        if (x.Shape is null) return new([Extent.Unknown]);
        var start = (int)Place(node.Int(AttributeFacts.Start, 0), x.Shape.Length);
        var end = (int)Place(node.Int(AttributeFacts.End, x.Shape.Length), x.Shape.Length);
        return ValueFacts.List(Part(x.Shape, start, Math.Max(start, end)));
    }

    private static ValueFacts Gather(NodeFacts node, ValueFacts x, ValueFacts indices)
    {
        if (x.Shape is null || indices.Shape is null) return ValueFacts.None;
        var axis = Axis(node.Int(AttributeFacts.Axis, 0), x.Shape.Length);
        if (axis < 0) return ValueFacts.None;
        var shape = new Extent[x.Shape.Length - 1 + indices.Shape.Length];
        Array.Copy(x.Shape, 0, shape, 0, axis);
        indices.Shape.CopyTo(shape, axis);
        Array.Copy(x.Shape, axis + 1, shape, axis + indices.Shape.Length, x.Shape.Length - axis - 1);
        if (x.Shape.Length != 1 || x.Numbers is not { } all || indices.KnownNumbers() is not { } chosen) return new(shape);
        var numbers = new Extent[chosen.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var place = Axis(chosen[i], all.Length);
            numbers[i] = place < 0 ? Extent.Unknown : all[place];
        }

        return new(shape, numbers);
    }

    private static ValueFacts Flatten(NodeFacts node, ValueFacts x)
    {
        if (x.Shape is null) return ValueFacts.None;
        var axis = (int)Place(node.Int(AttributeFacts.Axis, 1), x.Shape.Length);
        return new([Product(x.Shape, 0, axis), Product(x.Shape, axis, x.Shape.Length)]);
    }

    private static ValueFacts Squeeze(ValueFacts x, long[]? axes, bool hasAxesInput)
    {
        if (x.Shape is null || (axes is null && hasAxesInput)) return ValueFacts.None;
        var isLeftOut = new bool[x.Shape.Length];
        for (var i = 0; i < (axes?.Length ?? isLeftOut.Length); i++)
        {
            var axis = axes is null ? i : Axis(axes[i], isLeftOut.Length);
            if (axis < 0 || (axes is null && !x.Shape[axis].IsKnown)) return ValueFacts.None;
            isLeftOut[axis] = axes is not null || x.Shape[axis].Value == 1;
        }

        return new(Without(x.Shape, isLeftOut, keeps: false), x.Numbers);
    }

    private static ValueFacts Unsqueeze(ValueFacts x, long[]? axes)
    {
        if (x.Shape is null || axes is null) return ValueFacts.None;
        var isNew = new bool[x.Shape.Length + axes.Length];
        foreach (var declared in axes)
        {
            var axis = Axis(declared, isNew.Length);
            if (axis < 0 || isNew[axis]) return ValueFacts.None;
            isNew[axis] = true;
        }

        var shape = new Extent[isNew.Length];
        for (int axis = 0, next = 0; axis < shape.Length; axis++) shape[axis] = isNew[axis] ? Extent.Of(1) : x.Shape[next++];
        return new(shape, x.Numbers);
    }

    private static ValueFacts Reshape(ValueFacts x, ValueFacts target)
    {
        if (target.Numbers is not { } sizes) return ValueFacts.None;
        var shape = new Extent[sizes.Length];
        var open = -1;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (!sizes[axis].IsKnown || sizes[axis].Value > 0) shape[axis] = sizes[axis];
            else if (sizes[axis].Value < 0) open = axis;
            else if (axis < x.Shape?.Length) shape[axis] = x.Shape[axis];
        }

        if (open >= 0 && x.Shape is not null) shape[open] = Rest(x.Shape, shape, open);
        return new(shape, x.Numbers);
    }

    /// <summary>
    /// The size that is left for one axis: it varies with what the other axes of the result do not take away. If one of those is
    /// not known, nothing is.
    /// </summary>
    private static Extent Rest(Extent[] from, Extent[] to, int open)
    {
        var isTaken = new bool[from.Length];
        var taken = 0UL;
        for (var axis = 0; axis < to.Length; axis++)
        {
            if (axis == open || to[axis].IsKnown) continue;
            if (!to[axis].Varies) return Extent.Unknown;
            var same = 0;
            while (same < from.Length && (isTaken[same] || from[same].With != to[axis].With)) same++;
            if (same < from.Length) isTaken[same] = true;
            else taken |= to[axis].With;
        }

        var left = 0UL;
        var number = Extent.Of(1);
        for (var axis = 0; axis < from.Length; axis++)
        {
            if (isTaken[axis]) continue;
            left |= from[axis].With;
            number = Extent.Product(number, from[axis]);
        }

        if (left != 0) return Extent.Varying(left & ~taken);
        for (var axis = 0; axis < to.Length; axis++)
        {
            if (axis == open || !to[axis].IsKnown) continue;
            number = Extent.Compute("Div", number, to[axis]);
        }

        return taken == 0 ? number : Extent.Unknown;
    }
}
