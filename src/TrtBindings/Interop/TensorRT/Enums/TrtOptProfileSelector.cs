namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>OptProfileSelector</c>.</summary>
internal enum TrtOptProfileSelector
{
    Min = 0,
    Opt = 1,
    Max = 2,
}
