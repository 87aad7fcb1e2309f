namespace TrtBindings.Generators;

/// <summary>Names of the pipeline's steps. Tests look up by them which steps ran again and why.</summary>
internal static class TrackingNames
{
    /// <summary>Opens the file. Runs once for each new or replaced file.</summary>
    public const string Read = nameof(Read);

    /// <summary>Adds the item's metadata to the file.</summary>
    public const string Describe = nameof(Describe);

    /// <summary>Reads the project's properties.</summary>
    public const string Project = nameof(Project);

    /// <summary>Names all classes and generated files without clashes.</summary>
    public const string Name = nameof(Name);

    /// <summary>Decides the contents of one generated file.</summary>
    public const string Specify = nameof(Specify);

    /// <summary>Writes the text of one generated file.</summary>
    public const string Emit = nameof(Emit);

    /// <summary>Collects the diagnostics.</summary>
    public const string Diagnose = nameof(Diagnose);

    /// <summary>Reads the signature files that were checked in.</summary>
    public const string Signature = nameof(Signature);

    /// <summary>Compares models with their signature files.</summary>
    public const string Compare = nameof(Compare);

    public static IReadOnlyList<string> All { get; } =
        [Read, Describe, Project, Name, Specify, Emit, Diagnose, Signature, Compare];
}
