using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>How a session is made.</summary>
/// <param name="IntraOpThreads">Threads within one operator; 0 for ONNX Runtime's default.</param>
/// <param name="InterOpThreads">Operators that run at the same time; 0 or 1 runs them one after the other.</param>
/// <param name="GraphOptimizationLevel">ONNX Runtime's <c>GraphOptimizationLevel</c>.</param>
/// <param name="LibraryPath">The native library to load; <see langword="null"/> to search.</param>
internal readonly record struct OrtSettings(
    int IntraOpThreads, int InterOpThreads, int GraphOptimizationLevel, string? LibraryPath)
{
    /// <summary>New session options with these settings.</summary>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses a value.</exception>
    public SessionOptions ToSessionOptions()
    {
        var settings = this;
        return OrtErrors.Call("CreateSessionOptions", () =>
        {
            var options = new SessionOptions
            {
                GraphOptimizationLevel = (GraphOptimizationLevel)settings.GraphOptimizationLevel,
            };
            if (settings.IntraOpThreads > 0) options.IntraOpNumThreads = settings.IntraOpThreads;
            if (settings.InterOpThreads <= 1) return options;
            options.ExecutionMode = ExecutionMode.ORT_PARALLEL;
            options.InterOpNumThreads = settings.InterOpThreads;
            return options;
        });
    }
}
