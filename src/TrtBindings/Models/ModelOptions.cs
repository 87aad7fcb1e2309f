namespace TrtBindings;

/// <summary>How a model is loaded. The defaults suit one model that has the machine to itself.</summary>
public sealed record ModelOptions
{
    /// <summary>Threads that one operator may use; 0 lets the backend decide (one for each core).</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>Operators that may run at the same time; 0 and 1 run them one after the other.</summary>
    public int InterOpThreads { get; init; }

    /// <summary>How far the CPU backend rewrites the graph before it runs it.</summary>
    public GraphOptimization GraphOptimization { get; init; } = GraphOptimization.All;

    /// <summary>
    /// Path of the ONNX Runtime library to use; <see langword="null"/> looks in the usual places. The first model loaded
    /// decides for the process: a library cannot be exchanged.
    /// </summary>
    public string? OnnxRuntimeLibrary { get; init; }

    internal static ModelOptions Default { get; } = new();
}
