namespace TrtBindings.TensorRT.Running;

/// <summary>Ways to queue runs that take turns, which the GPU tests compare. Read when a lane is made or a run begins.</summary>
internal static class TurnTrial
{
    /// <summary>The work before the model waits for the turn too.</summary>
    public static bool KeepsBeforeInTurn { get; set; }

    /// <summary>Runs lie side by side.</summary>
    public static bool TakesNoTurns { get; set; }

    /// <summary>No times are taken.</summary>
    public static bool TakesNoTimes { get; set; }

    /// <summary>Priority of the work around the model; -5 is before 0.</summary>
    public static int WorkPriority { get; set; }

    /// <summary>Priority of the model in a CUDA graph.</summary>
    public static int ModelPriority { get; set; }

    /// <summary>Whether the two differ.</summary>
    public static bool HasPriorities => WorkPriority != ModelPriority;
}
