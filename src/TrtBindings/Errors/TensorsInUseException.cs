namespace TrtBindings;

/// <summary>
/// Another run is using these inputs or outputs. Give each thread its own; one model serves all threads.
/// </summary>
public sealed class TensorsInUseException : TrtBindingsException
{
    /// <summary>An error about one set of tensors.</summary>
    public TensorsInUseException(string set)
        : base($"These {set} are in use by another run. Allocate one set of inputs and outputs for each thread; "
            + "the model itself can be shared.")
    {
    }
}
