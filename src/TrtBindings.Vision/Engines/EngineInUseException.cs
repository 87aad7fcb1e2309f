namespace TrtBindings.Vision;

/// <summary>
/// An engine that a call on another thread is using; nothing was changed. Give each thread its own: one model serves them all.
/// </summary>
public sealed class EngineInUseException : TrtBindingsException
{
    /// <summary>An error about one engine.</summary>
    /// <param name="model">File of the engine's model.</param>
    public EngineInUseException(string model)
        : base($"The engine of '{model}' is in use by another call. Make one for each thread; the model itself can be shared.") =>
        Model = model;

    /// <summary>File of the engine's model.</summary>
    public string Model { get; }
}
