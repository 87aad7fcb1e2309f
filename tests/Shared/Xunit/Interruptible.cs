using System.Diagnostics;

namespace TrtBindings.TestSupport;

/// <summary>Processes that a test ends with Ctrl-C's signal.</summary>
internal static class Interruptible
{
    /// <summary>
    /// The same process, which does not ignore the signal. A shell has what it starts in the background ignore it, and so would
    /// all processes of tests that run there.
    /// </summary>
    public static ProcessStartInfo Of(ProcessStartInfo start)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only 'env' of Linux sets what a signal does.");
        string[] rest = [start.FileName, .. start.ArgumentList];
        start.FileName = "env";
        start.ArgumentList.Clear();
        foreach (var one in (string[])["--default-signal=INT", .. rest]) start.ArgumentList.Add(one);
        return start;
    }
}
