namespace TrtBindings.Vision;

/// <summary>
/// Another call is using the engine. Nothing was changed. Make an engine for each thread; they can share the model.
/// </summary>
public sealed class EngineInUseException : TrtBindingsException
{
    /// <summary>Makes an error about an engine.</summary>
    /// <param name="model">File of the engine's model.</param>
    public EngineInUseException(string model)
        : base($"The engine of '{model}' is in use by another call. Make one for each thread; the model itself can be shared.") =>
        Model = model;

    /// <summary>File of the engine's model.</summary>
    public string Model { get; }
}
