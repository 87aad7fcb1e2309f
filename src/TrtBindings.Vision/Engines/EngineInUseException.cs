namespace TrtBindings.Vision;

/// <summary>
/// The engine works on as many calls as it takes at one time: one, or <see cref="EngineOptions.MaxInFlight"/> on the GPU. Nothing
/// was changed. Await a call, or make an engine for each thread; they can share the model.
/// </summary>
public sealed class EngineInUseException : TrtBindingsException
{
    /// <summary>Makes an error about an engine.</summary>
    /// <param name="model">File of the engine's model.</param>
    public EngineInUseException(string model)
        : base($"The engine of '{model}' is in use by another call. Make one for each thread; the model itself can be shared.") =>
        Model = model;

    /// <summary>Makes an error about an engine that works on several calls at one time.</summary>
    /// <param name="model">File of the engine's model.</param>
    /// <param name="inFlight">Calls that it works on.</param>
    internal EngineInUseException(string model, int inFlight)
        : base(inFlight == 1 ? $"The engine of '{model}' is in use by another call, and takes one at a time. Make one for each "
            + "thread; the model itself can be shared."
            : $"The engine of '{model}' works on {inFlight} calls, which is its MaxInFlight. Await one of them, or raise "
            + "EngineOptions.MaxInFlight; each call in flight takes memory on the GPU.") => Model = model;

    /// <summary>File of the engine's model.</summary>
    public string Model { get; }
}
