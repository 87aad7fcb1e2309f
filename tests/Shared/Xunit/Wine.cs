using System.Runtime.InteropServices;

namespace TrtBindings.TestSupport;

/// <summary>Wine, which runs the Windows tests of a machine with Linux: tests/windows/run.sh.</summary>
internal static class Wine
{
    /// <summary>True if this process runs under Wine.</summary>
    public static bool IsHere { get; } = OperatingSystem.IsWindows()
        && NativeLibrary.TryLoad("ntdll.dll", out var library) && NativeLibrary.TryGetExport(library, "wine_get_version", out _);
}
