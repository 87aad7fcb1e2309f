using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;

namespace TrtBindings.TensorRT.Building;

/// <summary>Turns a failure during a build into one error that says what failed, where, and how to fix it.</summary>
internal sealed class BuildErrors(EngineRecipe recipe)
{
    private const string BelongsElsewhere =
        "This model belongs on ONNX Runtime: load it with ModelOptions.Require(BackendKind.OnnxRuntimeCuda), or "
        + "BackendKind.OnnxRuntimeCpu";

    /// <summary>ONNX types that TensorRT has no tensors of.</summary>
    private static readonly ElementType[] RefusedTypes =
    [
        ElementType.UInt16, ElementType.Int16, ElementType.UInt32, ElementType.UInt64, ElementType.String,
        ElementType.Complex64, ElementType.Complex128, ElementType.Float8E4M3FNUZ, ElementType.Float8E5M2,
        ElementType.Float8E5M2FNUZ, ElementType.UInt4, ElementType.UInt2, ElementType.Int2,
    ];

    /// <summary>Why TensorRT will probably not find its builder resource; <see langword="null"/> if it will.</summary>
    public string? ResourceProblem { get; set; }

    private string Version => recipe.Host.Library.Version.ToString();

    /// <summary>An error that no node or input of the model causes.</summary>
    public EngineBuildException Because(string reason, Exception? inner = null) =>
        new(recipe.Source.Name, Version, reason, innerException: inner);

    /// <summary>The error for a failed call. If the builder resource is missing or not opened, that is the reason.</summary>
    public EngineBuildException Failed(TensorRtException error)
    {
        if (error.InnerException is { } caught)
            return Because($"the progress listener or the calibration source failed: {caught.Message}", error);
        if (MissingKernel.NodeOf(error) is { } node) return WithoutKernel(node, error);
        var (major, minor) = recipe.Host.ComputeCapability;
        var missing = TrtBuilderResource.Missing(
            TrtFileNames.OfThisSystem, recipe.Host.Installation, recipe.Host.Library.Version, major, minor)
            ?? TrtBuilderResource.NotOpened(
                recipe.Host.Installation, recipe.Host.Library.Version, error.Messages, ResourceProblem);
        var said = error.Messages.Count == 0 ? error.Message : string.Join(" | ", error.Messages);
        return missing is null ? Because(said, error) : Because($"{missing} TensorRT said: {said}", error);
    }

    private EngineBuildException WithoutKernel(string node, TensorRtException error)
    {
        var names = MissingKernel.NamesIn(node);
        var fix = recipe.IsStronglyTyped
            ? "The engine computes in the model's own types, so keep these nodes in 32 bits when the model is converted: "
                + $"ConversionOptions.KeepNodes = [{string.Join(", ", names.Select(name => $"\"{name}\""))}]."
            : "Build with Float32, or convert the model (ModelConversion of TrtBindings.Graphs) with these nodes in "
                + "ConversionOptions.KeepNodes.";
        var reason = $"it has no kernel for the node {node} in the type that it is to compute in. {fix} TensorRT said: "
            + string.Join(" | ", error.Messages);
        return new(recipe.Source.Name, Version, reason, innerException: error) { NodesWithoutKernel = names };
    }

    /// <summary>The error for a model that the parser refuses.</summary>
    public EngineBuildException NotParsed(IReadOnlyList<TrtParserError> errors, TensorRtException error)
    {
        if (errors.Count == 0) return Because($"{string.Join(" | ", error.Messages)}. {BelongsElsewhere}.", error);
        var issues = errors.SelectMany(IssuesOf).ToArray();
        var fix = issues.Any(issue => issue is { Input: not null, Operator: "" })
            ? "TensorRT takes inputs of 8-, 32- and 64-bit integers, 16- and 32-bit floats, bfloat16 and bool. "
              + $"{BelongsElsewhere}, or give these inputs another type in the model."
            : $"{BelongsElsewhere}, or export it without these nodes.";
        return new(recipe.Source.Name, Version, fix, issues, error);
    }

    private IEnumerable<EngineBuildIssue> IssuesOf(TrtParserError error)
    {
        // The parser's error about inputs names neither the inputs nor their types.
        var inputs = error.NodeName.Length == 0 && error.NodeOperator.Length == 0
            ? recipe.Signature.Inputs.Where(IsRefused).ToArray()
            : [];
        if (inputs.Length == 0)
        {
            // A node without a name is hard to find, and no call says which input it reads. The error names the type.
            var input = error.NodeName.Length == 0
                ? recipe.Signature.Inputs.FirstOrDefault(input => Names(error, input))
                : null;
            return [new(error.Node < 0 ? null : error.Node, error.NodeName, error.NodeOperator, input?.Name, input?.TypeText,
                error.Description)];
        }

        return inputs.Select(input =>
            new EngineBuildIssue(null, "", "", input.Name, input.TypeText, error.Description));
    }

    private static bool Names(TrtParserError error, TensorDescription input) =>
        input.Kind == ValueKind.Tensor && error.Description.Split(' ', ',', '.', ':', '(', ')').Contains(
            input.ElementType.OnnxName(), StringComparer.OrdinalIgnoreCase);

    private static bool IsRefused(TensorDescription input) =>
        input.Kind != ValueKind.Tensor || RefusedTypes.Contains(input.ElementType);
}
