namespace TrtBindings.Interop.Cuda;

/// <content>Streams, events, capture and graphs.</content>
internal sealed unsafe partial class CudaApiTable
{
    public readonly delegate* unmanaged<nint*, uint, int, CudaResult> StreamCreateWithPriority =
        (delegate* unmanaged<nint*, uint, int, CudaResult>)exports.Required("cuStreamCreateWithPriority");

    public readonly delegate* unmanaged<nint, CudaResult> StreamDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuStreamDestroy_v2");

    public readonly delegate* unmanaged<nint, CudaResult> StreamSynchronize =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuStreamSynchronize");

    public readonly delegate* unmanaged<nint, CudaResult> StreamQuery =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuStreamQuery");

    public readonly delegate* unmanaged<nint, nint, uint, CudaResult> StreamWaitEvent =
        (delegate* unmanaged<nint, nint, uint, CudaResult>)exports.Required("cuStreamWaitEvent");

    public readonly delegate* unmanaged<nint, nint*, CudaResult> StreamGetCtx =
        (delegate* unmanaged<nint, nint*, CudaResult>)exports.Required("cuStreamGetCtx");

    public readonly delegate* unmanaged<nint, delegate* unmanaged<nint, void>, nint, CudaResult> LaunchHostFunc =
        (delegate* unmanaged<nint, delegate* unmanaged<nint, void>, nint, CudaResult>)exports.Required("cuLaunchHostFunc");

    public readonly delegate* unmanaged<nint*, uint, CudaResult> EventCreate =
        (delegate* unmanaged<nint*, uint, CudaResult>)exports.Required("cuEventCreate");

    public readonly delegate* unmanaged<nint, CudaResult> EventDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuEventDestroy_v2");

    public readonly delegate* unmanaged<nint, nint, CudaResult> EventRecord =
        (delegate* unmanaged<nint, nint, CudaResult>)exports.Required("cuEventRecord");

    public readonly delegate* unmanaged<nint, CudaResult> EventSynchronize =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuEventSynchronize");

    public readonly delegate* unmanaged<float*, nint, nint, CudaResult> EventElapsedTime =
        (delegate* unmanaged<float*, nint, nint, CudaResult>)exports.Required("cuEventElapsedTime");

    public readonly delegate* unmanaged<nint, int, CudaResult> StreamBeginCapture =
        (delegate* unmanaged<nint, int, CudaResult>)exports.Required("cuStreamBeginCapture_v2");

    public readonly delegate* unmanaged<nint, nint*, CudaResult> StreamEndCapture =
        (delegate* unmanaged<nint, nint*, CudaResult>)exports.Required("cuStreamEndCapture");

    public readonly delegate* unmanaged<nint*, nint, ulong, CudaResult> GraphInstantiateWithFlags =
        (delegate* unmanaged<nint*, nint, ulong, CudaResult>)exports.Required("cuGraphInstantiateWithFlags");

    public readonly delegate* unmanaged<nint, nint, CudaResult> GraphLaunch =
        (delegate* unmanaged<nint, nint, CudaResult>)exports.Required("cuGraphLaunch");

    public readonly delegate* unmanaged<nint, CudaResult> GraphExecDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuGraphExecDestroy");

    public readonly delegate* unmanaged<nint, CudaResult> GraphDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuGraphDestroy");
}
