namespace TrtBindings.Vision;

/// <summary>A model is of no family that has an engine, or of another one than was asked for.</summary>
public sealed class ModelFamilyException : TrtBindingsException
{
    /// <summary>Makes an error about a model.</summary>
    /// <param name="message">What does not fit, and what to do.</param>
    public ModelFamilyException(string message)
        : base(message)
    {
    }
}
