namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>TensorFormat</c>.</summary>
internal enum TrtTensorFormat
{
    Linear = 0,
    Chw2 = 1,
    Hwc8 = 2,
    Chw4 = 3,
    Chw16 = 4,
    Chw32 = 5,
    Dhwc8 = 6,
    Cdhw32 = 7,
    Hwc = 8,
    DlaLinear = 9,
    DlaHwc4 = 10,
    Hwc16 = 11,
    Dhwc = 12,
}
