using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;

// The common namespace of all test projects.
namespace TrtBindings;

/// <summary>Waits for all work of a GPU, which the library itself never does: it would wait for work of others.</summary>
internal static unsafe class ContextWaits
{
    public static void Synchronize(this CudaContext context)
    {
        using var scope = context.Enter();
        var module = NativeLibrary.Load(context.Device.Library.Path);
        var wait = (delegate* unmanaged<CudaResult>)NativeLibrary.GetExport(module, "cuCtxSynchronize");
        context.Check(wait(), "cuCtxSynchronize");
    }
}
