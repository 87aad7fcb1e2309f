using System.Diagnostics;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Data;

/// <summary>
/// Ready engines, models and reference results: a folder with <c>tensorrt/</c> and <c>realmodels/</c> in it, laid out as the
/// shared folder beside the repository.
/// </summary>
internal static class GpuData
{
    /// <summary>The environment variable that names the folder; without it the shared folder is used.</summary>
    public const string VariableName = "TRTBINDINGS_GPU_DATA";

    private static readonly Lock Gate = new();
    private static readonly Lazy<string?> Root = new(FindRoot);

    /// <summary>A file or folder of the data; skips the test where it is missing.</summary>
    public static string Require(string relativePath)
    {
        var path = Find(relativePath);
        Skip.If(path is null, $"{relativePath} is missing: name a folder with it in {VariableName}.");
        return path!;
    }

    /// <summary>The same without skipping.</summary>
    public static string? Find(string relativePath)
    {
        if (Root.Value is not { } root) return null;
        var path = Path.Combine(root, relativePath);
        return Path.Exists(path) ? path : null;
    }

    /// <summary>A folder, or its archive (<c>name.tar.xz</c>) unpacked once; skips the test where neither is there.</summary>
    public static string RequireUnpacked(string folder)
    {
        if (Find(folder) is { } ready) return ready;
        var archive = Require(folder + ".tar.xz");
        var target = Path.Combine(Scratch(), Path.GetDirectoryName(folder)!.Replace('/', '-'));
        var unpacked = Path.Combine(target, Path.GetFileName(folder));
        lock (Gate)
        {
            if (Directory.Exists(unpacked)) return unpacked;
            Directory.CreateDirectory(target);
            // Into a folder of its own first: a second process never sees half of it.
            var mine = Directory.CreateDirectory(Path.Combine(target, $"{Guid.NewGuid():N}.tmp")).FullName;
            Run("tar", "-xJf", archive, "-C", mine);
            try
            {
                Directory.Move(Path.Combine(mine, Path.GetFileName(folder)), unpacked);
            }
            catch (IOException) when (Directory.Exists(unpacked))
            {
                // Another process was first.
            }

            Directory.Delete(mine, recursive: true);
            return unpacked;
        }
    }

    /// <summary>A library that may still be packed (<c>name.xz</c>), unpacked once; skips where neither is there.</summary>
    public static string RequireLibrary(string relativePath)
    {
        if (Find(relativePath) is { } ready) return ready;
        var packed = Require(relativePath + ".xz");
        var target = Path.Combine(Scratch(), relativePath);
        lock (Gate)
        {
            if (File.Exists(target)) return target;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var mine = $"{target}.{Guid.NewGuid():N}.tmp";
            Run("sh", "-c", $"xz -dc '{packed}' > '{mine}'");
            File.Move(mine, target, overwrite: true);
            return target;
        }
    }

    /// <summary>A folder for what tests write.</summary>
    public static string Scratch()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"trtbindings-gpu-{Environment.UserName}");
        return Directory.CreateDirectory(folder).FullName;
    }

    private static string? FindRoot()
    {
        if (Environment.GetEnvironmentVariable(VariableName) is { Length: > 0 } named) return Path.GetFullPath(named);
        try
        {
            return TestPaths.SharedRoot;
        }
        catch (TypeInitializationException)
        {
            // A published copy is not below the repository.
            return null;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }
}
