using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// The <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespacenvinfer1.html">C functions</see>
/// that libnvinfer exports; null where a library does not export one.
/// </summary>
internal sealed unsafe class TrtExports
{
    /// <summary><c>int getInferLibVersion()</c></summary>
    public delegate* unmanaged<int> GetInferLibVersion { get; init; }

    /// <summary><c>int getInferLibBuildVersion()</c></summary>
    public delegate* unmanaged<int> GetInferLibBuildVersion { get; init; }

    /// <summary><c>IRuntime createInferRuntime_INTERNAL(ILogger, int version)</c></summary>
    public delegate* unmanaged<nint, int, nint> CreateInferRuntime { get; init; }

    /// <summary>
    /// <c>IBuilder createInferBuilder_INTERNAL(ILogger, int version)</c>. Lean and dispatch runtimes do not have it.
    /// </summary>
    public delegate* unmanaged<nint, int, nint> CreateInferBuilder { get; init; }

    /// <summary>
    /// <c>bool setInternalLibraryPath(text)</c>: the folder of the builder resource. 10.16 and later.
    /// </summary>
    public delegate* unmanaged<byte*, byte> SetInternalLibraryPath { get; init; }

    /// <summary>Looks up the functions of a loaded library.</summary>
    public static TrtExports Of(nint library)
    {
        return new()
        {
            GetInferLibVersion = (delegate* unmanaged<int>)Find("getInferLibVersion"),
            GetInferLibBuildVersion = (delegate* unmanaged<int>)Find("getInferLibBuildVersion"),
            CreateInferRuntime = (delegate* unmanaged<nint, int, nint>)Find("createInferRuntime_INTERNAL"),
            CreateInferBuilder = (delegate* unmanaged<nint, int, nint>)Find("createInferBuilder_INTERNAL"),
            SetInternalLibraryPath = (delegate* unmanaged<byte*, byte>)Find("setInternalLibraryPath"),
        };

        nint Find(string name) => NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;
    }
}
