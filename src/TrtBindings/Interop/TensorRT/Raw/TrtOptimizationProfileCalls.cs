namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IOptimizationProfile</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtOptimizationProfileCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, TrtDims*, byte> SetDimensions =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, TrtDims*, byte>)
            target[TrtMethod.OptimizationProfile_SetDimensions];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, TrtDims> GetDimensions =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, TrtDims>)target[TrtMethod.OptimizationProfile_GetDimensions];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, int*, int, byte> SetShapeValues =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, int*, int, byte>)
            target[TrtMethod.OptimizationProfile_SetShapeValues];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, long*, int, byte> SetShapeValuesV2 =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, long*, int, byte>)
            target[TrtMethod.OptimizationProfile_SetShapeValuesV2];
    public delegate* unmanaged[MemberFunction]<nint, float, byte> SetExtraMemoryTarget =>
        (delegate* unmanaged[MemberFunction]<nint, float, byte>)target[TrtMethod.OptimizationProfile_SetExtraMemoryTarget];
    public delegate* unmanaged[MemberFunction]<nint, float> GetExtraMemoryTarget =>
        (delegate* unmanaged[MemberFunction]<nint, float>)target[TrtMethod.OptimizationProfile_GetExtraMemoryTarget];
    public delegate* unmanaged[MemberFunction]<nint, byte> IsValid =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.OptimizationProfile_IsValid];
}
