namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>ITensor</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtTensorCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, byte*, void> SetName =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, void>)target[TrtMethod.Tensor_SetName];
    public delegate* unmanaged[MemberFunction]<nint, byte*> GetName =>
        (delegate* unmanaged[MemberFunction]<nint, byte*>)target[TrtMethod.Tensor_GetName];
    public delegate* unmanaged[MemberFunction]<nint, TrtDims*, void> SetDimensions =>
        (delegate* unmanaged[MemberFunction]<nint, TrtDims*, void>)target[TrtMethod.Tensor_SetDimensions];
    public delegate* unmanaged[MemberFunction]<nint, TrtDims> GetDimensions =>
        (delegate* unmanaged[MemberFunction]<nint, TrtDims>)target[TrtMethod.Tensor_GetDimensions];
    public delegate* unmanaged[MemberFunction]<nint, int, void> SetType =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.Tensor_SetType];
    public delegate* unmanaged[MemberFunction]<nint, int> GetElementType =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.Tensor_GetType];
    public delegate* unmanaged[MemberFunction]<nint, float, float, byte> SetDynamicRange =>
        (delegate* unmanaged[MemberFunction]<nint, float, float, byte>)target[TrtMethod.Tensor_SetDynamicRange];
    public delegate* unmanaged[MemberFunction]<nint, byte> IsNetworkInput =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.Tensor_IsNetworkInput];
    public delegate* unmanaged[MemberFunction]<nint, byte> IsNetworkOutput =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.Tensor_IsNetworkOutput];
    public delegate* unmanaged[MemberFunction]<nint, int> GetLocation =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.Tensor_GetLocation];
    public delegate* unmanaged[MemberFunction]<nint, uint, void> SetAllowedFormats =>
        (delegate* unmanaged[MemberFunction]<nint, uint, void>)target[TrtMethod.Tensor_SetAllowedFormats];
    public delegate* unmanaged[MemberFunction]<nint, byte> IsShapeTensor =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.Tensor_IsShapeTensor];
    public delegate* unmanaged[MemberFunction]<nint, int, byte*, void> SetDimensionName =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte*, void>)target[TrtMethod.Tensor_SetDimensionName];
    public delegate* unmanaged[MemberFunction]<nint, int, byte*> GetDimensionName =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte*>)target[TrtMethod.Tensor_GetDimensionName];
}
