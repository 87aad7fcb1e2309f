using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Native;

/// <summary>What .NET calls the platform that a native library is for.</summary>
internal static class PlatformName
{
    /// <summary>The portable platform name of this process: <c>linux-x64</c>.</summary>
    public static string OfThisProcess()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
