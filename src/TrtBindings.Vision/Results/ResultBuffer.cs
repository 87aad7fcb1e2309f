namespace TrtBindings.Vision;

/// <summary>
/// Memory that the results of one call refer to, so that calls need not allocate it. It belongs to one call at a time: when it
/// is passed to another call, the results of the first change.
/// </summary>
public abstract class ResultBuffer
{
    private protected ResultBuffer()
    {
    }

    /// <summary>Begins another call; the memory of the last one is used again.</summary>
    internal abstract void Reset();
}
