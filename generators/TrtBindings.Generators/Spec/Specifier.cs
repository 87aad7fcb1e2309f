using TrtBindings.Generators.Diagnostics;
using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Generators.Spec;

/// <summary>Decides what is generated for a model and collects its diagnostics.</summary>
internal static class Specifier
{
    public static Specification Specify(NamedModel named)
    {
        var (file, path) = (named.Item.File, named.Item.File.Path);
        var diagnostics = new List<DiagnosticInfo>(file.Diagnostics);
        diagnostics.AddRange(ItemDiagnostics.CheckNames(path, named.Item.Metadata));
        diagnostics.AddRange(ItemDiagnostics.Check(path, named.Item.Metadata));
        if (named.Clash is not null) diagnostics.Add(named.Clash);
        if (file.Description is null) return new(path, null, new([.. diagnostics]));
        try
        {
            diagnostics.AddRange(SignatureCheck.Check(path, file.Description));
            var isUsable = diagnostics.All(d => !d.IsError || d.LeavesTheClass);
            var model = isUsable ? Build(named, file.Description, diagnostics) : null;
            return new(path, model, new([.. diagnostics]));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            diagnostics.Add(DiagnosticInfo.Of(Descriptors.GeneratorDefect, path, e.GetType().Name + ", " + e.Message));
            return new(path, null, new([.. diagnostics]));
        }
    }

    private static ModelSpec Build(NamedModel named, ModelDescription description, List<DiagnosticInfo> diagnostics)
    {
        var (path, item) = (named.Item.File.Path, named.Item.Metadata);
        var ofInputs = DynamicDimensions.OfInputs(description.Inputs);
        var renamed = RenameCheck.Check(path, item.Rename, description, ofInputs, diagnostics);
        var ofOutputs = DynamicDimensions.SharedWithOutputs(ofInputs, description.Outputs);
        var names = new TensorNames(renamed);
        // Tensors before dimensions: if both have the same name, the tensor keeps it.
        var inputs = names.Tensors(description.Inputs, "Input", isInput: true);
        var dimensions = names.Dimensions(ofInputs, description.Inputs);
        // The first dynamic dimension of such a model is its batch.
        if (ScrfdRule.IsInterleaved(description.Inputs, description.Outputs))
            dimensions[0] = dimensions[0] with { Maximum = 1 };
        // Last: an input with a default takes no name from what was there before it could be set.
        var optional = names.Optional(description.OptionalInputs, ofInputs);
        var outputDimensions = dimensions.Where((_, i) => ofOutputs.Contains(ofInputs[i])).ToArray();
        var labels = ModelLabels.Of(description);
        var family = FamilyRules.Match(description, labels.Count, item.Task);
        var profiles = new ProfileCheck(path, description, new(dimensions));
        var declaration = DeclarationSpec.Of(item, profiles.Profiles(item.Profile));
        diagnostics.AddRange(profiles.Diagnostics);
        // Unreadable ranges are not reported as missing as well. Without TensorRT on the item nothing is reported here: nearly
        // every model has a dynamic batch, and a diagnostic, even one that nobody prints, is what slows a cold build most.
        if (item.AsksForTensorRt && profiles.Diagnostics.Count == 0)
            diagnostics.AddRange(TensorRtCheck.Ranges(path, new(dimensions), declaration).Select(item.Weigh));
        diagnostics.AddRange(TensorRtCheck.Check(path, description).Select(item.Weigh));
        diagnostics.AddRange(FamilyCheck.Check(path, description, labels.Count, family, declaration));
        var familyProblem = FamilyCheck.Problem(description, labels.Count, family);
        if (family is not { Problem: null }) family = null;
        return new()
        {
            HintName = named.HintName,
            TargetPath = named.Item.TargetPath,
            Namespace = named.Namespace,
            ClassName = named.ClassName,
            Description = description,
            Inputs = new(inputs),
            OptionalInputs = new(optional),
            Outputs = new(new TensorNames(renamed, outputDimensions).Tensors(description.Outputs, "Output", isInput: false)),
            InputDimensions = new(dimensions),
            OutputDimensions = new(outputDimensions),
            Labels = labels,
            LabelMembers = new(labels.Count > 0 ? LabelNames.Of(labels) : LabelNames.OfCount(family?.ClassCount ?? 0)),
            Family = family,
            FamilyProblem = familyProblem,
            Declaration = declaration,
        };
    }
}

/// <summary>The result for one model.</summary>
/// <param name="Path">The model file.</param>
/// <param name="Model">The file to generate; <see langword="null"/> if a defect prevents it.</param>
/// <param name="Diagnostics">Every defect found.</param>
internal sealed record Specification(string Path, ModelSpec? Model, EquatableArray<DiagnosticInfo> Diagnostics);
