using System.Runtime.InteropServices;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// The struct of <see href="https://man7.org/linux/man-pages/man2/statx.2.html">statx</see>. Unlike <c>struct stat</c> it has
/// the same layout on every architecture.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal partial struct LinuxFileStatus
{
    /// <summary><c>STATX_BASIC_STATS</c>: all fields below.</summary>
    private const uint BasicFields = 0x7ff;

    /// <summary><c>AT_FDCWD</c>: relative paths are relative to the current folder.</summary>
    private const int CurrentFolder = -100;

    [FieldOffset(20)] public uint Owner;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public long Size;
    [FieldOffset(96)] public long ChangeSeconds;
    [FieldOffset(104)] public uint ChangeNanoseconds;
    [FieldOffset(112)] public long ModificationSeconds;
    [FieldOffset(120)] public uint ModificationNanoseconds;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;

    /// <summary>Reads the status of a file, following links.</summary>
    /// <returns>False if the file does not exist or the C library does not have this function.</returns>
    public static bool TryRead(string path, out LinuxFileStatus status)
    {
        try
        {
            return StatX(CurrentFolder, path, 0, BasicFields, out status) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            status = default;
            return false;
        }
    }

    /// <summary>The effective user ID of this process.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out LinuxFileStatus status);
}
