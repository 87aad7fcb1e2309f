using TrtBindings.Model;

namespace TrtBindings.Generators;

/// <summary>Decides what is generated for a model, and what is wrong with it.</summary>
internal static class Specifier
{
    public static Specification Specify(NamedModel named, ProjectSpec project)
    {
        var (file, path) = (named.Item.File, named.Item.File.Path);
        var diagnostics = new List<DiagnosticInfo>(file.Diagnostics);
        if (named.Clash is not null) diagnostics.Add(named.Clash);
        if (file.Description is null) return new(path, null, new([.. diagnostics]));
        try
        {
            diagnostics.AddRange(SignatureCheck.Check(path, file.Description));
            // A class beside an error about files on disk keeps the rest of the program free of errors that follow from it.
            var isUsable = diagnostics.All(d => !d.IsError || d.Id == Descriptors.ExternalDataOutside.Id);
            return new(path, isUsable ? Build(named, project, file.Description) : null, new([.. diagnostics]));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            diagnostics.Add(DiagnosticInfo.Of(Descriptors.GeneratorDefect, path, e.GetType().Name + ", " + e.Message));
            return new(path, null, new([.. diagnostics]));
        }
    }

    private static ModelSpec Build(NamedModel named, ProjectSpec project, ModelDescription description)
    {
        var ofInputs = DynamicDimensions.OfInputs(description.Inputs);
        var ofOutputs = DynamicDimensions.SharedWithOutputs(ofInputs, description.Outputs);
        var names = new TensorNames();
        // Tensors before dimensions: where both have one name, the tensor keeps it.
        var inputs = names.Tensors(description.Inputs, "Input", isInput: true);
        var dimensions = names.Dimensions(ofInputs, description.Inputs);
        var outputDimensions = dimensions.Where((_, i) => ofOutputs.Contains(ofInputs[i])).ToArray();
        var labels = ModelLabels.Of(description);
        var yolo = YoloSegDetector.Detect(description, labels.Count);
        return new()
        {
            HintName = named.HintName,
            TargetPath = named.Item.TargetPath,
            Namespace = project.Namespace,
            ClassName = named.ClassName,
            Description = description,
            Inputs = new(inputs),
            Outputs = new(new TensorNames(outputDimensions).Tensors(description.Outputs, "Output", isInput: false)),
            InputDimensions = new(dimensions),
            OutputDimensions = new(outputDimensions),
            Labels = labels,
            LabelMembers = new(labels.Count > 0 ? LabelNames.Of(labels) : LabelNames.OfCount(yolo?.ClassCount ?? 0)),
            YoloSeg = yolo,
        };
    }
}
