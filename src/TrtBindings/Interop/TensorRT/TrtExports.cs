using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>Raw layer: the C functions that libnvinfer exports; 0 where this one does not have it.</summary>
internal sealed unsafe class TrtExports
{
    /// <summary><c>getInferLibVersion</c>.</summary>
    public delegate* unmanaged<int> GetInferLibVersion { get; init; }

    /// <summary><c>getInferLibBuildVersion</c>.</summary>
    public delegate* unmanaged<int> GetInferLibBuildVersion { get; init; }

    /// <summary><c>createInferRuntime_INTERNAL</c>: logger, version.</summary>
    public delegate* unmanaged<nint, int, nint> CreateInferRuntime { get; init; }

    /// <summary><c>createInferBuilder_INTERNAL</c>: logger, version. Lean and dispatch runtimes do not build.</summary>
    public delegate* unmanaged<nint, int, nint> CreateInferBuilder { get; init; }

    /// <summary><c>setInternalLibraryPath</c>: the folder of the builder resource. From 10.16 on.</summary>
    public delegate* unmanaged<byte*, byte> SetInternalLibraryPath { get; init; }

    /// <summary>What a loaded library exports.</summary>
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
