namespace TrtBindings.TensorRT.Running;

/// <summary>Compares an engine with the signature that a class was compiled against.</summary>
internal sealed class SignatureCheck(EngineTensor[] tensors, EngineProfiles profiles)
{
    /// <summary>Finds the first difference, as a sentence; <see langword="null"/> if the class can run the engine.</summary>
    /// <remarks>
    /// A dimension that is dynamic on one side only is no difference. The engine then takes fewer sizes than the class, or more.
    /// </remarks>
    public string? FirstDifference(IReadOnlyList<TensorDescription> inputs, IReadOnlyList<TensorDescription> outputs) =>
        Compare("input", inputs, [.. tensors.Where(tensor => tensor.IsInput)])
        ?? Compare("output", outputs, [.. tensors.Where(tensor => !tensor.IsInput)]);

    private string? Compare(string kind, IReadOnlyList<TensorDescription> declared, EngineTensor[] there)
    {
        foreach (var description in declared)
        {
            var tensor = Array.Find(there, tensor => tensor.Name.Text == description.Name);
            if (tensor is null) return Missing(kind, description.Name, there);
            if (Compare(kind, description, tensor) is { } difference) return difference;
        }

        var more = Array.Find(there, tensor => declared.All(description => description.Name != tensor.Name.Text));
        return more is null ? null : $"the engine has an {kind} '{more.Name}' that the class does not have.";
    }

    private string Missing(string kind, string name, EngineTensor[] there)
    {
        if (Array.Exists(tensors, tensor => tensor.Name.Text == name))
            return $"'{name}' is an {kind} of the class, and the other way round in the engine.";
        var names = there.Length == 0 ? "none" : string.Join(", ", there.Select(tensor => $"'{tensor.Name}'"));
        return $"the engine has no {kind} '{name}'; its {kind}s are {names}.";
    }

    private string? Compare(string kind, TensorDescription declared, EngineTensor tensor)
    {
        var what = $"{kind} '{declared.Name}'";
        if (declared.Kind is not (ValueKind.Tensor or ValueKind.Undefined))
            return $"{what} is {declared.TypeText} in the class, and TensorRT has tensors only.";
        if (declared.ElementType != ElementType.Undefined && declared.ElementType != tensor.Type)
            return $"{what} has elements of type {declared.ElementType.OnnxName()}, and {tensor.Type.OnnxName()} in the engine.";
        if (tensor.ElementBytes == 0) return $"{what} has elements of type {tensor.Type.OnnxName()}, which has no form here.";
        if (tensor.OddFormat is { } format)
        {
            return $"{what} has the layout {format} in the engine, and only plain row-major tensors can be given: build the "
                + "engine without a format of its inputs and outputs.";
        }

        // An output declared as a scalar may be one whose exporter left the shape out: a file writes both the same way.
        if (!declared.Shape.IsRanked || (declared.Shape.Rank == 0 && !tensor.IsInput)) return null;
        if (declared.Shape.Rank != tensor.Shape.Rank)
            return $"{what} has {declared.Shape.Rank} dimensions, and {tensor.Shape.Rank} in the engine.";
        for (var axis = 0; axis < tensor.Shape.Rank; axis++)
            if (Compare(what, declared.Shape.Dimensions[axis], tensor, axis) is { } difference) return difference;
        return null;
    }

    private string? Compare(string what, Dimension declared, EngineTensor tensor, int axis)
    {
        if (!declared.IsFixed || declared.Varies) return null;
        var size = tensor.Shape[axis];
        if (size == declared.Value) return null;
        if (size >= 0) return $"dimension {axis} of {what} is {declared.Value}, and {size} in the engine.";
        if (!tensor.IsInput) return null;
        var input = Array.IndexOf([.. tensors.Where(other => other.IsInput)], tensor);
        for (var profile = 0; profile < profiles.Count; profile++)
        {
            var range = profiles[profile, input];
            if (declared.Value >= range.Min[axis] && declared.Value <= range.Max[axis]) return null;
        }

        return $"dimension {axis} of {what} is {declared.Value}, and the engine allows {profiles[0, input]}.";
    }
}
