namespace TrtBindings;

/// <summary>Where a tensor's elements lie.</summary>
public enum TensorPlacement
{
    /// <summary>In memory of the processor, where views read and write them. A GPU's backend copies them at each run.</summary>
    Host,

    /// <summary>In memory of a GPU: a run reads or writes them there and copies nothing.</summary>
    Device,
}
