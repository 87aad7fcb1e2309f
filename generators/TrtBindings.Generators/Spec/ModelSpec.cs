using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Generators.Spec;

/// <summary>The contents of one generated file, as plain values.</summary>
internal sealed record ModelSpec
{
    /// <summary>Name of the generated file for the compiler.</summary>
    public required string HintName { get; init; }
    /// <summary>Path of the model below the program's folder.</summary>
    public required string TargetPath { get; init; }
    /// <summary>Namespace of the class; empty for none.</summary>
    public required string Namespace { get; init; }
    /// <summary>Name of the class.</summary>
    public required string ClassName { get; init; }
    /// <summary>The description in the file.</summary>
    public required ModelDescription Description { get; init; }
    /// <summary>Inputs in file order.</summary>
    public required EquatableArray<TensorSpec> Inputs { get; init; }
    /// <summary>Inputs with a default, in file order, those without a C# form included.</summary>
    public required EquatableArray<TensorSpec> OptionalInputs { get; init; }
    /// <summary>Outputs in file order, those without a C# form included.</summary>
    public required EquatableArray<TensorSpec> Outputs { get; init; }
    /// <summary>The dynamic dimensions of the inputs.</summary>
    public required EquatableArray<DimensionSpec> InputDimensions { get; init; }
    /// <summary>The dynamic dimensions that outputs share.</summary>
    public required EquatableArray<DimensionSpec> OutputDimensions { get; init; }
    /// <summary>Exact class labels of the metadata.</summary>
    public required EquatableArray<string> Labels { get; init; }
    /// <summary>
    /// Members of the enum of labels; numbered names if only the number of classes is known.
    /// </summary>
    public required EquatableArray<string> LabelMembers { get; init; }
    /// <summary>The family, if there is an engine for it.</summary>
    public required FamilyMatch? Family { get; init; }
    /// <summary>Why it has none although it may well be of one; empty if there is nothing to say.</summary>
    public required string FamilyProblem { get; init; }
    /// <summary>The item's declaration.</summary>
    public required DeclarationSpec Declaration { get; init; }

    /// <summary>True if the class has an enum of labels.</summary>
    public bool HasLabels => LabelMembers.Count > 0 || Family is { Rule.HasLabels: true };
}
