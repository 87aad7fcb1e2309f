namespace TrtBindings.Vision.Engines;

/// <summary>Which halves of an engine's work run on the GPU.</summary>
/// <param name="Preprocesses">Pictures are prepared there, and the model's input is in device memory.</param>
/// <param name="Postprocesses">Results are made there, and the model's outputs are in device memory.</param>
internal readonly record struct ProcessingPlaces(bool Preprocesses, bool Postprocesses)
{
    /// <summary>Whether any half does.</summary>
    public bool IsAny => Preprocesses || Postprocesses;

    /// <summary>Whether both halves do.</summary>
    public bool IsBoth => Preprocesses && Postprocesses;
}
