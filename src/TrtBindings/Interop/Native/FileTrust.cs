namespace TrtBindings.Interop.Native;

/// <summary>Whether other users can change a file or a folder. An engine is code: only its user may write it.</summary>
internal static class FileTrust
{
    private const UnixFileMode WriteOfOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>
    /// Why this path is not safe, as the end of a sentence that starts with the path; <see langword="null"/> if only this
    /// user (or root) can write to it. On Windows the rights of the parent folder are inherited and not looked at.
    /// </summary>
    public static string? Danger(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        if ((File.GetUnixFileMode(path) & WriteOfOthers) != 0)
            return "can be written by other users";
        if (!OperatingSystem.IsLinux() || !LinuxFileStatus.TryRead(path, out var status)) return null;
        return status.Owner == 0 || status.Owner == LinuxFileStatus.EffectiveUser()
            ? null
            : $"belongs to another user (number {status.Owner})";
    }
}
