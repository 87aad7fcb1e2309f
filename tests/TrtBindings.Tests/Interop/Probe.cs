using System.Diagnostics;
using TrtBindings.Interop.Native;
using TrtBindings.OnnxRuntime;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Interop;

/// <summary>Runs tests/TrtBindings.Probe: a process keeps the first library that it loads, so each case needs its own.</summary>
internal static class Probe
{
    private const string Program = "TrtBindings.Probe.dll";

    /// <summary>
    /// The program of tests that were published with a .NET of their own, as tests/windows/run.sh does it. It was published
    /// beside them and has a .NET too.
    /// </summary>
    private static readonly string Published = Path.Combine(
        Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!, "TrtBindings.Probe");

    private static readonly bool IsPublished = File.Exists(Path.Combine(Published, ProgramFile));

    /// <summary>Where the build put the program, in the same configuration as these tests.</summary>
    public static string Folder { get; } = IsPublished ? Published : Path.Combine(
        TestPaths.RepositoryRoot, "artifacts", "bin", "TrtBindings.Probe",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    /// <summary>Where its library is: in a build under runtimes, in a publish for one platform beside the program.</summary>
    public static string LibraryFolder { get; } =
        IsPublished ? Folder : Path.Combine(Folder, "runtimes", PlatformName.OfThisProcess(), "native");

    /// <summary>The library that lies beside it.</summary>
    public static string Library => Path.Combine(LibraryFolder, OrtLibraryPaths.NamesFor(PlatformName.OfThisProcess())[0]);

    private static string ProgramFile => OperatingSystem.IsWindows() ? "TrtBindings.Probe.exe" : "TrtBindings.Probe";

    /// <summary>The program in a folder of its own.</summary>
    public static string Copy(string parent, bool withLibrary)
    {
        var target = Directory.CreateDirectory(Path.Combine(parent, "program")).FullName;
        // Without the host's list of files, which would name the library's old place.
        foreach (var file in Directory.GetFiles(Folder)
            .Where(file => !file.EndsWith(".deps.json", StringComparison.Ordinal) && (withLibrary || file != Library)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        if (!withLibrary || IsPublished) return target;
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
        var (program, first) = IsPublished
            ? (Path.Combine(folder, ProgramFile), (string[])[]) : (host, [Path.Combine(folder, Program)]);
        var start = new ProcessStartInfo(program, [.. first, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.ReplaceLineEndings("\n").TrimEnd(), WithoutWine(errors.Result).TrimEnd());

        // ONNX Runtime looks for graphics cards, and Wine without a graphics driver has no factory for them.
        static string WithoutWine(string text) =>
            Wine.IsHere ? text.Replace("Failed to create DXGI factory.", "", StringComparison.Ordinal) : text;
    }
}
