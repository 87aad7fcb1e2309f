namespace TrtBindings.Generators;

/// <summary>Names of the pipeline's steps, by which tests see what ran again and why.</summary>
internal static class TrackingNames
{
    /// <summary>Opens the file. Runs once for each new or replaced file.</summary>
    public const string Read = nameof(Read);

    /// <summary>What was read, with what the project says of the item.</summary>
    public const string Describe = nameof(Describe);

    /// <summary>What the project says of itself.</summary>
    public const string Project = nameof(Project);

    /// <summary>Names of all classes and generated files, which must not clash.</summary>
    public const string Name = nameof(Name);

    /// <summary>Everything that goes into one generated file.</summary>
    public const string Specify = nameof(Specify);

    /// <summary>The text of one generated file.</summary>
    public const string Emit = nameof(Emit);

    /// <summary>Everything to be reported.</summary>
    public const string Diagnose = nameof(Diagnose);

    /// <summary>Signatures that were checked in.</summary>
    public const string Signature = nameof(Signature);

    /// <summary>Where a model is not what its checked-in signature says.</summary>
    public const string Compare = nameof(Compare);

    public static IReadOnlyList<string> All { get; } =
        [Read, Describe, Project, Name, Specify, Emit, Diagnose, Signature, Compare];
}
