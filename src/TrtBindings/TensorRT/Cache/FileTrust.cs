namespace TrtBindings.TensorRT.Cache;

/// <summary>Checks that other users cannot change a file or folder. An engine is code, so only its user may write it.</summary>
internal static class FileTrust
{
    private const UnixFileMode WriteOfOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>
    /// The reason why a path is not safe, as the end of a sentence that starts with the path; <see langword="null"/> if only
    /// this user or root can write to it. Not checked on Windows, where a file inherits the permissions of its folder.
    /// </summary>
    public static string? Danger(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        // One call tells both.
        LinuxFileStatus status = default;
        var isKnown = OperatingSystem.IsLinux() && LinuxFileStatus.TryRead(path, out status);
        if (((isKnown ? (UnixFileMode)status.Mode : File.GetUnixFileMode(path)) & WriteOfOthers) != 0)
            return "can be written by other users";
        if (!isKnown) return null;
        return status.Owner == 0 || status.Owner == LinuxFileStatus.EffectiveUser()
            ? null
            : $"belongs to another user (number {status.Owner})";
    }
}
