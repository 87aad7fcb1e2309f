using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace TrtBindings.TestSupport;

/// <summary>Builds the repository's C++ stand-ins during a test run, again only when their sources have changed.</summary>
public static class NativeBuild
{
    private static readonly string[] Options =
    [
        "-std=c++17", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-fvisibility=hidden", "-pthread",
        // A test loads its own copy of a library, and copies must not share symbols.
        "-fno-gnu-unique", "-Wl,-Bsymbolic",
    ];

    /// <summary>Libraries that this process has built, so that tests that run in parallel wait for one compiler.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<string>> Built = new();

    /// <summary>Builds all C++ sources of a folder into one library. A changed header is noticed too.</summary>
    /// <param name="folder">Relative to the repository, with forward slashes.</param>
    /// <param name="name">The library's file name, <c>libcuda.so.1</c> for instance.</param>
    /// <param name="options">More options of the compiler, <c>-DNAME</c> for instance.</param>
    /// <returns>The library's path. Skips the test where there is no <c>g++</c> for this system.</returns>
    public static string Library(string folder, string name, params string[] options)
    {
        var full = Path.Combine(TestPaths.RepositoryRoot, folder);
        return Library(Directory.EnumerateFiles(full, "*.cpp"), name, options);
    }

    /// <summary>Builds the given sources into one library.</summary>
    public static string Library(IEnumerable<string> sources, string name, params string[] options)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The native stand-ins are built on Linux only.");
        var files = sources.Order(StringComparer.Ordinal).ToArray();
        var folder = Path.Combine(TestPaths.RepositoryRoot, "artifacts", "native", $"{name}-{Key(files, options)}");
        var library = Path.Combine(folder, name);
        if (File.Exists(library)) return library;
        return Built.GetOrAdd(library, _ => new(() => Build(library, files, options))).Value;
    }

    private static string Build(string library, string[] files, string[] options)
    {
        var folder = Path.GetDirectoryName(library)!;
        Directory.CreateDirectory(folder);
        // Test processes run in parallel: each builds its own file, and the last to finish puts an equal one there.
        var mine = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        var all = mine + ".cpp";
        try
        {
            // All sources as one: most of the time goes into the headers of the standard library, which are read once then.
            File.WriteAllLines(all, files.Select(file => $"#include \"{file}\""));
            Compile([.. Options, .. options, "-o", mine, all, "-ldl"]);
            File.Move(mine, library, overwrite: true);
        }
        finally
        {
            File.Delete(mine);
            File.Delete(all);
        }

        return library;
    }

    private static void Compile(string[] arguments)
    {
        var start = new ProcessStartInfo("g++", arguments) { RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Skip.If(true, "There is no C++ compiler (g++) on this machine.");
        }

        using (process)
        {
            var said = process!.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"g++ failed:\n{said}");
        }
    }

    /// <summary>A hash of all sources, headers and options.</summary>
    private static string Key(string[] files, string[] options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', [.. Options, .. options])));
        var headers = files.Select(file => Path.GetDirectoryName(file)!).Distinct()
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.h").Concat(Directory.EnumerateFiles(folder, "*.cu")));
        foreach (var file in files.Concat(headers).Distinct().Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
