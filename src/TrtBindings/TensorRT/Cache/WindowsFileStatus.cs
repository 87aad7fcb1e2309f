using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// What <see href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getfileinformationbyhandle">Windows</see>
/// knows of a file: BY_HANDLE_FILE_INFORMATION, and the time of its last change from FILE_BASIC_INFO.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 52)]
internal partial struct WindowsFileStatus
{
    /// <summary><c>FileBasicInfo</c> of FILE_INFO_BY_HANDLE_CLASS.</summary>
    private const int BasicClass = 0;

    /// <summary>Size of FILE_BASIC_INFO in bytes.</summary>
    private const int BasicBytes = 40;

    [FieldOffset(20)] private readonly uint _writtenLow;
    [FieldOffset(24)] private readonly uint _writtenHigh;
    [FieldOffset(28)] public uint Volume;
    [FieldOffset(32)] private readonly uint _sizeHigh;
    [FieldOffset(36)] private readonly uint _sizeLow;
    [FieldOffset(44)] private readonly uint _indexHigh;
    [FieldOffset(48)] private readonly uint _indexLow;

    /// <summary>Time of the last write: steps of 100 ns since 1601.</summary>
    public readonly long Written => (long)Join(_writtenHigh, _writtenLow);

    /// <summary>Size in bytes.</summary>
    public readonly long Size => (long)Join(_sizeHigh, _sizeLow);

    /// <summary>Number of the file on its volume.</summary>
    public readonly ulong Index => Join(_indexHigh, _indexLow);

    /// <summary>Reads the status of a file, following links.</summary>
    /// <param name="path">The file.</param>
    /// <param name="status">Its status.</param>
    /// <param name="changed">
    /// Time of the last change of content, name or attributes, in steps of 100 ns since 1601; 0 where the file system keeps none.
    /// </param>
    /// <returns>False if the file does not exist, or cannot be opened, or its volume does not answer.</returns>
    public static bool TryRead(string path, out WindowsFileStatus status, out long changed)
    {
        (status, changed) = (default, 0);
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            if (!ReadInformation(file, out status)) return false;
            if (ReadBasic(file, BasicClass, out var basic, BasicBytes)) changed = basic.Changed;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ulong Join(uint high, uint low) => ((ulong)high << 32) | low;

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReadInformation(SafeFileHandle file, out WindowsFileStatus status);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandleEx")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReadBasic(SafeFileHandle file, int informationClass, out FileBasicInfo basic, uint size);

    [StructLayout(LayoutKind.Explicit, Size = BasicBytes)]
    private struct FileBasicInfo
    {
        [FieldOffset(24)] public long Changed;
    }
}
