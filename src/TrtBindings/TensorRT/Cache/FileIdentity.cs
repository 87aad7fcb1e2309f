namespace TrtBindings.TensorRT.Cache;

/// <summary>Tells whether a file was replaced or changed, without reading its content.</summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="Modified">Time of the last write: nanoseconds since 1970 on Linux and Windows, ticks elsewhere.</param>
/// <param name="Changed">
/// Time of the last change of content, name or permissions, which programs do not set: nanoseconds since 1970. 0 outside Linux
/// and Windows.
/// </param>
/// <param name="Inode">Inode number, or the file's index on a volume of Windows. 0 elsewhere.</param>
/// <param name="Device">Device number, or the volume's serial number on Windows. 0 elsewhere.</param>
internal sealed record FileIdentity(long Length, long Modified, long Changed, ulong Inode, ulong Device)
{
    /// <summary>The current identity of a file; <see langword="null"/> if it does not exist.</summary>
    public static FileIdentity? Of(string path)
    {
        if (OperatingSystem.IsLinux() && LinuxFileStatus.TryRead(path, out var status))
        {
            return new(status.Size,
                (status.ModificationSeconds * 1_000_000_000) + status.ModificationNanoseconds,
                (status.ChangeSeconds * 1_000_000_000) + status.ChangeNanoseconds,
                status.Inode, ((ulong)status.DeviceMajor << 32) | status.DeviceMinor);
        }

        if (OperatingSystem.IsWindows() && WindowsFileStatus.TryRead(path, out var found, out var changed))
            return new(found.Size, SinceUnixEpoch(found.Written), SinceUnixEpoch(changed), found.Index, found.Volume);

        var link = new FileInfo(path);
        // A link stays the same when the file behind it is replaced.
        var file = link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? link;
        return file.Exists ? new(file.Length, file.LastWriteTimeUtc.Ticks, 0, 0, 0) : null;
    }

    /// <summary>Nanoseconds since 1970 for a time of Windows; 0 for a time that a volume does not keep.</summary>
    private static long SinceUnixEpoch(long fileTime) => fileTime <= 0
        ? 0
        : (DateTime.FromFileTimeUtc(fileTime) - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
