namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>TensorIOMode</c>.</summary>
internal enum TrtTensorIOMode
{
    None = 0,
    Input = 1,
    Output = 2,
}
