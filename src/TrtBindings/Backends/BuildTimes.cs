namespace TrtBindings;

/// <summary>Where the time of one build went.</summary>
/// <param name="Waiting">
/// Until it was this build's turn: a process builds one engine at a time, and two processes never build the same one.
/// </param>
/// <param name="Starting">
/// To make TensorRT's builder, which takes seconds. It is kept for half a minute, so for another build soon after it is about 0.
/// </param>
/// <param name="Reading">To read and parse the model.</param>
/// <param name="Building">TensorRT's own work on the engine.</param>
/// <param name="Storing">To write the engine to the cache.</param>
public sealed record BuildTimes(TimeSpan Waiting, TimeSpan Starting, TimeSpan Reading, TimeSpan Building, TimeSpan Storing)
{
    /// <summary>To look at the engine's layers, and to compare its answers with the reference.</summary>
    public TimeSpan Comparing { get; init; }
}
