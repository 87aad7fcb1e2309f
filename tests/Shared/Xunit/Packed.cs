using System.ComponentModel;
using System.Diagnostics;

namespace TrtBindings.TestSupport;

/// <summary>Files of the shared folder that are packed by xz; needs xunit.</summary>
public static class Packed
{
    /// <summary>
    /// The bytes of a file, which the program xz unpacks. Skips the test if the file or the program is not there.
    /// </summary>
    public static byte[] Require(string relativePath) => Unpack(Shared.Require(relativePath));

    /// <summary>The bytes of a file that is there. Skips the test if the program xz is not.</summary>
    public static byte[] Unpack(string path)
    {
        try
        {
            using var xz = Process.Start(new ProcessStartInfo("xz", ["-dc", path]) { RedirectStandardOutput = true })!;
            using var bytes = new MemoryStream();
            xz.StandardOutput.BaseStream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Win32Exception)
        {
            Skip.If(true, "The program xz, which unpacks the file, is not there.");
            throw;
        }
    }

    /// <summary>
    /// Packed files of folders, relative to the shared folder and without <c>.xz</c>; one empty name if there are none.
    /// </summary>
    public static TheoryData<string> Names(string ending, params string[] folders)
    {
        List<string> names = [];
        foreach (var folder in folders)
        {
            if (TestPaths.FindShared(folder) is not { } path) continue;
            foreach (var file in Directory.EnumerateFiles(path, $"*{ending}.xz").Order(StringComparer.Ordinal))
                names.Add($"{folder}/{Path.GetFileNameWithoutExtension(file)}");
        }

        var data = new TheoryData<string>();
        foreach (var name in names.DefaultIfEmpty("")) data.Add(name);
        return data;
    }
}
