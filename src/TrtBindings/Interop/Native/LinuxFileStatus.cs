using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Native;

/// <summary>The kernel's <c>struct statx</c>, which unlike <c>struct stat</c> is the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal partial struct LinuxFileStatus
{
    /// <summary>Mode, owner, times, inode and size: the fields below.</summary>
    private const uint BasicFields = 0x7ff;

    /// <summary>A relative path is relative to the current folder.</summary>
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

    /// <summary>Asks the kernel, following links.</summary>
    /// <returns>Whether there was an answer: not without the file, and not on a C library without this call.</returns>
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

    /// <summary>The user that this process acts as.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out LinuxFileStatus status);
}
