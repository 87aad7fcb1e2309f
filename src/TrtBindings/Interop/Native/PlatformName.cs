using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Native;

/// <summary>The platform of native libraries, as .NET names it.</summary>
internal static class PlatformName
{
    /// <summary>The portable runtime identifier of this process, such as <c>linux-x64</c>.</summary>
    public static string OfThisProcess()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
