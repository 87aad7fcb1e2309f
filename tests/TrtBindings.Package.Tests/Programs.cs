using System.Diagnostics;

namespace TrtBindings.Package.Tests;

/// <summary>Runs programs that were built or published.</summary>
internal static class Programs
{
    /// <summary>
    /// Arguments of a publish by the AOT compiler for this platform. The test is skipped where nothing can link.
    /// </summary>
    public static string[] AotArguments()
    {
        var linker = Exist("clang") ? "clang" : Exist("gcc") ? "gcc" : null;
        Skip.If(OperatingSystem.IsLinux() && linker is null, "The AOT compiler needs clang or gcc to link, and neither is here.");
        string[] more = linker is null ? [] : [$"-p:CppCompilerAndLinker={linker}"];
        return ["-r", Consumer.Rid, "-p:PublishAot=true", .. more];
    }

    /// <summary>Runs a program. It must end with 0 and print nothing as an error.</summary>
    /// <returns>What it printed.</returns>
    public static string Succeed(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        (process.ExitCode, errors.Result).ShouldBe((0, ""), output);
        return output;
    }

    /// <summary>True if a program of that name is on the path.</summary>
    public static bool Exist(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
