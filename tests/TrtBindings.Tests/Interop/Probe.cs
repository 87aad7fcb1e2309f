using System.Diagnostics;
using TrtBindings.Interop.Native;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Interop;

/// <summary>Runs tests/TrtBindings.Probe: a process keeps the first library that it loads, so each case needs its own.</summary>
internal static class Probe
{
    private const string Program = "TrtBindings.Probe.dll";

    /// <summary>Where the build put the program, in the same configuration as these tests.</summary>
    public static string Folder { get; } = Path.Combine(
        TestPaths.RepositoryRoot, "artifacts", "bin", "TrtBindings.Probe",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    /// <summary>The library that lies beside it.</summary>
    public static string Library =>
        Directory.GetFiles(Path.Combine(Folder, "runtimes", PlatformName.OfThisProcess(), "native"), "*onnxruntime.*").Single();

    /// <summary>The program in a folder of its own.</summary>
    public static string Copy(string parent, bool withLibrary)
    {
        var target = Directory.CreateDirectory(Path.Combine(parent, "program")).FullName;
        // Without the host's list of files, which would name the library's old place.
        foreach (var file in Directory.GetFiles(Folder).Where(file => !file.EndsWith(".deps.json", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        if (!withLibrary) return target;
        var library = Path.Combine(target, Path.GetRelativePath(Folder, Library));
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        File.Copy(Library, library);
        return target;
    }

    public static (int ExitCode, string Output, string Errors) Run(string folder, params string[] arguments) =>
        Run(folder, [], arguments);

    public static (int ExitCode, string Output, string Errors) Run(
        string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [Path.Combine(folder, Program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.ReplaceLineEndings("\n").TrimEnd(), errors.Result.TrimEnd());
    }
}
