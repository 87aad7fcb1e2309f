using TrtBindings.ModelFiles.Families;

namespace TrtBindings;

/// <summary>
/// The model that a class was compiled for: file name, inputs, outputs and class labels. Immutable.
/// </summary>
public sealed class ModelSignature
{
    /// <summary>A signature; generated code holds one per model.</summary>
    /// <param name="file">Path of the .onnx below the program's folder, with forward slashes.</param>
    /// <param name="inputs">Inputs that a caller must give.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="labels">Class labels by index; empty if the model has none.</param>
    public ModelSignature(
        string file, EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs,
        EquatableArray<string> labels = default)
    {
        File = file;
        Inputs = inputs;
        Outputs = outputs;
        Labels = labels;
        InputDimensions = DynamicDimensions.OfInputs(inputs);
        OutputDimensions = DynamicDimensions.SharedWithOutputs(InputDimensions, outputs);
        IsInterleaved = ScrfdRule.IsInterleaved(inputs, outputs);
    }

    /// <summary>The profiles, precision and backend that the project declares on the model's item.</summary>
    public ModelDeclaration Declaration { get; init; } = ModelDeclaration.None;

    /// <summary>Inputs with a default in the file, which a caller may give, in file order.</summary>
    public EquatableArray<TensorDescription> OptionalInputs { get; init; }

    /// <summary>Path of the .onnx below the program's folder, with forward slashes.</summary>
    public string File { get; }

    /// <summary>Inputs that a caller must give, in file order.</summary>
    public EquatableArray<TensorDescription> Inputs { get; }

    /// <summary>Outputs, in file order.</summary>
    public EquatableArray<TensorDescription> Outputs { get; }

    /// <summary>Class labels by index, exactly as in the file's metadata.</summary>
    public EquatableArray<string> Labels { get; }

    /// <summary>The sizes that a caller chooses, in the order of the generated methods' parameters.</summary>
    public IReadOnlyList<DynamicDimension> InputDimensions { get; }

    /// <summary>Those of <see cref="InputDimensions"/> that outputs share.</summary>
    public IReadOnlyList<DynamicDimension> OutputDimensions { get; }

    /// <summary>A dynamic dimension's name for messages: its ONNX name, or its axis and tensor.</summary>
    public string NameOf(DynamicDimension dimension) =>
        dimension.Name is { } name
            ? $"Dimension '{name}'"
            : $"Dimension {dimension.Axis} of '{Inputs[dimension.Input].Name}'";

    /// <summary>The same model that gives further values, whose types and shapes only a run tells.</summary>
    internal ModelSignature WithMarked(IEnumerable<string> values) => new(File, Inputs,
        new([.. Outputs, .. values.Select(name => new TensorDescription(
            name, ValueKind.Undefined, ElementType.Undefined, SymbolicShape.Unranked, "", ""))]), Labels)
    {
        Declaration = Declaration, OptionalInputs = OptionalInputs,
    };

    /// <summary>True if the outputs have no batch dimension, so that images of a batch cannot be told apart.</summary>
    internal bool IsInterleaved { get; }

    /// <summary>
    /// Refuses values that no tensor can have. A size of 0 is one: an empty past, or no items at all. Where a backend cannot run
    /// it, the run says so.
    /// </summary>
    internal void CheckSizes(string owner, IReadOnlyList<DynamicDimension> declared, ReadOnlySpan<long> values)
    {
        if (values.Length != declared.Count)
            throw new ArgumentException($"{owner} {declared.Count} dynamic dimensions, not {values.Length}.");
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= 0) continue;
            var name = NameOf(declared[i]);
            throw new TensorException(name, $"{name} must be at least 0, not {values[i]}.");
        }
    }

    internal int IndexOfInputDimension(DynamicDimension dimension)
    {
        for (var i = 0; i < InputDimensions.Count; i++)
            if (InputDimensions[i] == dimension) return i;
        return -1;
    }

    /// <summary>The first difference between this and a file's description; <see langword="null"/> if there is none.</summary>
    internal string? FirstDifference(ModelDescription file) =>
        FirstDifference("input", Inputs, file.Inputs)
        ?? OptionalDifference(file)
        ?? FirstDifference("output", Outputs, file.Outputs)
        ?? LabelDifference(ModelLabels.Of(file));

    /// <summary>
    /// The first difference between this and the metadata in front of an engine: its labels, if it has any. The tensors are
    /// checked after TensorRT has opened the engine.
    /// </summary>
    internal string? FirstEngineDifference(ModelDescription file) =>
        file.FindMetadata("names") is null ? null : LabelDifference(ModelLabels.Of(file));

    private static string? FirstDifference(
        string role, EquatableArray<TensorDescription> compiled, EquatableArray<TensorDescription> found)
    {
        for (var i = 0; i < Math.Max(compiled.Count, found.Count); i++)
        {
            if (i >= compiled.Count) return $"it has an {role} that was not compiled, {found[i]}.";
            if (i >= found.Count) return $"it has no {role} '{compiled[i].Name}' (compiled: {compiled[i]}).";
            if (!IsSame(compiled[i], found[i])) return $"{role} {i} was compiled as {compiled[i]}, and the file has {found[i]}.";
        }

        return null;
    }

    /// <summary>A file may have more inputs with a default than were compiled: nobody has to give them.</summary>
    private string? OptionalDifference(ModelDescription file)
    {
        foreach (var compiled in OptionalInputs)
        {
            TensorDescription? found = null;
            foreach (var candidate in file.OptionalInputs)
                if (candidate.Name == compiled.Name) found = candidate;
            if (found is null) return $"it has no input '{compiled.Name}' with a default (compiled: {compiled}).";
            if (!IsSame(compiled, found))
                return $"the input with a default was compiled as {compiled}, and the file has {found}.";
        }

        return null;
    }

    private static bool IsSame(TensorDescription compiled, TensorDescription found)
    {
        if (compiled.Name != found.Name || compiled.TypeText != found.TypeText
            || compiled.Shape.Rank != found.Shape.Rank)
            return false;
        for (var axis = 0; axis < compiled.Shape.Rank; axis++)
        {
            var (left, right) = (compiled.Shape.Dimensions[axis], found.Shape.Dimensions[axis]);
            // Unknown dimensions are equal, however the file spells them.
            if (left.Kind != right.Kind || (left.Kind != DimensionKind.Unknown && !left.MustEqual(right))) return false;
        }

        return true;
    }

    private string? LabelDifference(EquatableArray<string> found)
    {
        if (Labels.Count != found.Count) return $"{Labels.Count} class labels were compiled, and the file has {found.Count}.";
        for (var i = 0; i < found.Count; i++)
            if (Labels[i] != found[i]) return $"class {i} was compiled as '{Labels[i]}', and the file has '{found[i]}'.";
        return null;
    }
}
