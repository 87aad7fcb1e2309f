namespace TrtBindings.Interop.TensorRT;

/// <summary>The severity of a line of TensorRT's log; smaller is worse.</summary>
internal enum TrtSeverity
{
    InternalError = 0,
    Error = 1,
    Warning = 2,
    Info = 3,
    Verbose = 4,
}
