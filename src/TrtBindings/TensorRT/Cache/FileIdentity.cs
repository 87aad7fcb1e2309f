namespace TrtBindings.TensorRT.Cache;

/// <summary>Tells whether a file was replaced or changed, without reading its content.</summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="Modified">Time of the last write: nanoseconds since 1970 on Linux, ticks elsewhere.</param>
/// <param name="Changed">
/// Time of the last change of content, name or permissions, which programs cannot set. 0 outside Linux.
/// </param>
/// <param name="Inode">Inode number. 0 outside Linux.</param>
/// <param name="Device">Device number. 0 outside Linux.</param>
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

        var link = new FileInfo(path);
        // A link stays the same when the file behind it is replaced.
        var file = link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? link;
        return file.Exists ? new(file.Length, file.LastWriteTimeUtc.Ticks, 0, 0, 0) : null;
    }
}
