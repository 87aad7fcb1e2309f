namespace TrtBindings.Interop.Native;

/// <summary>What tells that a file is still the one that was seen before, short of reading it.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">Time of the last write: nanoseconds since 1970 on Linux, ticks elsewhere.</param>
/// <param name="Changed">
/// Time of the last change of content, name or rights, which no program can set back; 0 where the platform does not tell.
/// </param>
/// <param name="Inode">Number of the file on its device; 0 where the platform does not tell.</param>
/// <param name="Device">Number of the device; 0 where the platform does not tell.</param>
internal sealed record FileIdentity(long Length, long Modified, long Changed, ulong Inode, ulong Device)
{
    /// <summary>The file's identity now; <see langword="null"/> if there is no such file.</summary>
    public static FileIdentity? Of(string path)
    {
        if (OperatingSystem.IsLinux() && LinuxFileStatus.TryRead(path, out var status))
        {
            return new(status.Size,
                (status.ModificationSeconds * 1_000_000_000) + status.ModificationNanoseconds,
                (status.ChangeSeconds * 1_000_000_000) + status.ChangeNanoseconds,
                status.Inode, ((ulong)status.DeviceMajor << 32) | status.DeviceMinor);
        }

        var file = new FileInfo(path);
        return file.Exists ? new(file.Length, file.LastWriteTimeUtc.Ticks, 0, 0, 0) : null;
    }
}
