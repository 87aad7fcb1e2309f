using TrtBindings.Interop.Native;

namespace TrtBindings.TensorRT.Cache;

/// <summary>Where engines are cached, and that nobody else can write there.</summary>
internal static class CacheFolder
{
    private const UnixFileMode UserOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string Fix = "Name another folder in TensorRtOptions.CacheFolder.";

    /// <summary>The folder of this user and platform; not made yet.</summary>
    /// <exception cref="EngineCacheException">The user has no home folder.</exception>
    public static string Default() => Default(
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? null : Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
        OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
                ? Path.Combine(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache")
                : "");

    /// <summary>The same from what the environment says.</summary>
    /// <param name="userChoice"><c>XDG_CACHE_HOME</c>; a relative path there has no meaning and is passed over.</param>
    /// <param name="platformFolder">The platform's folder for caches; empty if the user has none.</param>
    public static string Default(string? userChoice, string platformFolder)
    {
        var parent = !string.IsNullOrEmpty(userChoice) && Path.IsPathRooted(userChoice) ? userChoice : platformFolder;
        return parent.Length > 0
            ? Path.Combine(parent, "trtbindings", "engines")
            : throw new EngineCacheException(
                "", $"This user has no folder for caches: neither HOME nor XDG_CACHE_HOME is set. {Fix}");
    }

    /// <summary>Makes the folder for this user alone, or checks the one that is there.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="EngineCacheException">It cannot be made, or others can write to it.</exception>
    public static string Prepare(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        try
        {
            if (!Directory.Exists(full))
            {
                if (OperatingSystem.IsWindows()) Directory.CreateDirectory(full);
                else Directory.CreateDirectory(full, UserOnly);
            }

            return FileTrust.Danger(full) is not { } danger
                ? full
                : throw new EngineCacheException(full, $"The engine cache '{full}' {danger}, and an engine is code that runs in "
                    + $"this process. Make it yours alone (chmod 700 '{full}'). {Fix}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineCacheException(full, $"The engine cache '{full}' cannot be made: {e.Message} {Fix}", e);
        }
    }
}
