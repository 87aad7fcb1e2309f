namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>What a session is made with.</summary>
/// <param name="IntraOpThreads">Threads within one operator; 0 for the runtime's default.</param>
/// <param name="InterOpThreads">Operators at a time; 0 or 1 for sequential execution.</param>
/// <param name="GraphOptimizationLevel">ORT's <c>GraphOptimizationLevel</c>.</param>
/// <param name="LibraryPath">The library to load; <see langword="null"/> to search.</param>
internal readonly record struct OrtSettings(
    int IntraOpThreads, int InterOpThreads, int GraphOptimizationLevel, string? LibraryPath);
