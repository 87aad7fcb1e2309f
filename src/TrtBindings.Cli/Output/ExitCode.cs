namespace TrtBindings.Cli.Output;

/// <summary>The exit codes of every command. The help of the tool lists them.</summary>
internal static class ExitCode
{
    /// <summary>Done, and what was checked is right.</summary>
    public const int Done = 0;

    /// <summary>
    /// The check that the command is for has failed: two results differ, or something is missing on this machine.
    /// </summary>
    public const int CheckFailed = 1;

    /// <summary>Wrong usage, or a file that is missing, damaged or of another kind.</summary>
    public const int BadInput = 2;

    /// <summary>This machine cannot do it: a library, a driver or a GPU is missing or refuses.</summary>
    public const int CannotHere = 3;

    /// <summary>A fault of this program.</summary>
    public const int Fault = 70;

    /// <summary>Ended by Ctrl-C, as shells count it.</summary>
    public const int Cancelled = 130;

    /// <summary>The codes with their meaning, for the help.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "done, and what was checked is right"),
        (CheckFailed, "the check has failed: results differ, this machine lacks something, or a build is needed"),
        (BadInput, "wrong usage, or a file that is missing, damaged or of another kind"),
        (CannotHere, "this machine cannot do it: a library, a driver or a GPU is missing or refuses"),
        (Fault, "a fault of trtb itself; please report it with the output under TRTB_TRACE=1"),
        (Cancelled, "ended by Ctrl-C; nothing is left half-written"),
    ];
}
