namespace TrtBindings.Interop.TensorRT.Discovery;

/// <summary>Where a TensorRT was found, which tells how it was likely installed.</summary>
internal enum TrtLibrarySource
{
    /// <summary>The application's options name it.</summary>
    Option,

    /// <summary>The environment variable TRTBINDINGS_TENSORRT names it.</summary>
    EnvironmentVariable,

    /// <summary>In the folder of the application.</summary>
    Application,

    /// <summary>In a folder of the library search path of the user.</summary>
    LibraryPath,

    /// <summary>In a Python environment, installed by pip.</summary>
    PythonPackage,

    /// <summary>In a folder of the system, installed by its package manager.</summary>
    SystemPackage,

    /// <summary>In the folder of an unpacked archive of NVIDIA.</summary>
    Archive,

    /// <summary>The system's loader found it.</summary>
    SystemLoader,
}
