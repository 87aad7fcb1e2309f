namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>SerializationFlag</c>.</summary>
internal enum TrtSerializationFlag
{
    ExcludeWeights = 0,
    ExcludeLeanRuntime = 1,
    IncludeRefit = 2,
}
