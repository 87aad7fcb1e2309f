namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>ProfilingVerbosity</c>: how much an engine keeps for the inspector.</summary>
internal enum TrtProfilingVerbosity
{
    LayerNamesOnly = 0,
    None = 1,
    Detailed = 2,
}
