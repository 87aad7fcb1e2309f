namespace TrtBindings.Interop.TensorRT;

/// <summary>How an installation of TensorRT was found, and so how it was likely installed.</summary>
internal enum TrtLibrarySource
{
    /// <summary>The application named it.</summary>
    Option,

    /// <summary>The environment variable names it.</summary>
    EnvironmentVariable,

    /// <summary>It lies with the application.</summary>
    Application,

    /// <summary>In a folder of the search path that the user set for libraries.</summary>
    LibraryPath,

    /// <summary>In a Python environment, put there by pip.</summary>
    PythonPackage,

    /// <summary>In a folder of the system, put there by its package manager.</summary>
    SystemPackage,

    /// <summary>In a folder that NVIDIA's archive was unpacked to.</summary>
    Archive,

    /// <summary>The system's loader knows where.</summary>
    SystemLoader,
}
