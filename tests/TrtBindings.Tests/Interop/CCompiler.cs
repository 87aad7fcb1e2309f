using System.ComponentModel;
using System.Diagnostics;

namespace TrtBindings.Tests.Interop;

/// <summary>Builds a tiny shared library where the machine has a C compiler.</summary>
internal static class CCompiler
{
    /// <summary>The path of the library; skips the test where there is no <c>cc</c>.</summary>
    public static string BuildLibrary(string folder, string file, string source)
    {
        var (input, output) = (Path.Combine(folder, "library.c"), Path.Combine(folder, file));
        File.WriteAllText(input, source);
        Process? process = null;
        try
        {
            process = Process.Start("cc", ["-shared", "-fPIC", "-o", output, input]);
        }
        catch (Win32Exception)
        {
            Skip.If(true, "There is no C compiler (cc) on this machine.");
        }

        using (process)
        {
            process!.WaitForExit();
            process.ExitCode.ShouldBe(0);
        }

        return output;
    }
}
