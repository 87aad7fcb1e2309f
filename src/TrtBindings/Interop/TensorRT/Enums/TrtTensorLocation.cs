namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>TensorLocation</c>: where the bytes of a tensor must be.</summary>
internal enum TrtTensorLocation
{
    Device = 0,
    Host = 1,
}
