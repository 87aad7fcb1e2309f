namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>What class maps are made of, and how.</summary>
/// <param name="Head">The output.</param>
/// <param name="Output">Its name.</param>
/// <param name="Labels">Number of the model's labels.</param>
/// <param name="LastOperator">The operator that computes the output; empty if it is not known.</param>
/// <param name="IsLetterboxed">Whether pictures are padded to the input.</param>
/// <param name="IsOfImage">Whether maps have the picture's size, and not the output's.</param>
/// <param name="Threshold">The threshold for one plane that the options set.</param>
/// <param name="FirstLabel">The value in a label map that is the first label, if the options set it.</param>
internal sealed record ClassMapSource(
    SegmentationHead Head, string Output, int Labels, string LastOperator, bool IsLetterboxed, bool IsOfImage, float? Threshold,
    int? FirstLabel)
{
    /// <summary>As an engine makes them.</summary>
    public static ClassMapSource Of(
        IRunnableModel model, SegmentationHead head, SegmentationPreprocessing preprocessing,
        SemanticSegmentationOptions options)
    {
        var operators = model.Description.OutputOperators;
        return new(
            head, model.Signature.Outputs[head.Index].Name, model.Signature.Labels.Count,
            operators.Count > head.Index ? operators[head.Index] : "", preprocessing.Letterboxes,
            options.Space == ClassMapSpace.Image, options.Threshold, options.FirstLabel);
    }
}
