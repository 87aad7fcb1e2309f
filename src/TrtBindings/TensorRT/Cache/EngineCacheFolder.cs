namespace TrtBindings.TensorRT.Cache;

/// <summary>Finds the cache folder, and makes sure that no other user can write to it.</summary>
internal static class EngineCacheFolder
{
    private const UnixFileMode UserOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string Fix = "Name another folder in TensorRtOptions.CacheFolder.";

    /// <summary>The default folder of this user and platform. It is not created here.</summary>
    /// <exception cref="EngineCacheException">The user has no home folder.</exception>
    public static string Default() => Default(
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? null : Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
        OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
                ? Path.Combine(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache")
                : "");

    /// <summary>The default folder for given settings of the environment.</summary>
    /// <param name="userChoice"><c>XDG_CACHE_HOME</c>. A relative path is ignored, as the XDG specification says.</param>
    /// <param name="platformFolder">The platform's folder for caches; empty if the user has none.</param>
    public static string Default(string? userChoice, string platformFolder)
    {
        var parent = !string.IsNullOrEmpty(userChoice) && Path.IsPathRooted(userChoice) ? userChoice : platformFolder;
        return parent.Length > 0
            ? Path.Combine(parent, "trtbindings", "engines")
            : throw new EngineCacheException(
                "", $"This user has no folder for caches: neither HOME nor XDG_CACHE_HOME is set. {Fix}");
    }

    /// <summary>Creates the folder for this user alone, or checks the existing one.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="EngineCacheException">It cannot be created, or other users can write to it.</exception>
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
