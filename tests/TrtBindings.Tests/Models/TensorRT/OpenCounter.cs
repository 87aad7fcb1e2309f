using System.Runtime.InteropServices;
using System.Text;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Counts how often files of a folder are opened, with Linux's inotify.</summary>
internal sealed partial class OpenCounter : IDisposable
{
    private const int NonBlocking = 0x800;
    private const int Open = 0x20;
    private const int Closed = 0x10;
    private const int HeaderBytes = 16;

    private readonly int _inotify;

    /// <summary>Starts to count. Skips the test on other systems.</summary>
    public OpenCounter(string folder)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Opened files are counted with inotify.");
        _inotify = Init(NonBlocking);
        // Closings too: inotify merges equal events that follow each other.
        Add(_inotify, folder, Open | Closed).ShouldBeGreaterThan(0);
    }

    /// <summary>Names of the files that were opened since the last call, one for each time.</summary>
    public IReadOnlyList<string> Take()
    {
        var names = new List<string>();
        var buffer = new byte[1 << 16];
        for (nint count; (count = Read(_inotify, buffer, buffer.Length)) > 0;)
        {
            for (var at = 0; at < count;)
            {
                var length = BitConverter.ToInt32(buffer, at + 12);
                if (length > 0 && (BitConverter.ToInt32(buffer, at + 4) & Open) != 0)
                    names.Add(Encoding.UTF8.GetString(buffer, at + HeaderBytes, length).TrimEnd('\0'));
                at += HeaderBytes + length;
            }
        }

        return names;
    }

    public void Dispose() => Close(_inotify);

    [LibraryImport("libc", EntryPoint = "inotify_init1")]
    private static partial int Init(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Add(int inotify, string path, int mask);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int file, byte[] buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
