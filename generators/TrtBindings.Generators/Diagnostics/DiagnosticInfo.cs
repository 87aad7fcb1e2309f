namespace TrtBindings.Generators.Diagnostics;

/// <summary>A diagnostic as data, so that it can be compared between runs of the pipeline.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">The model file; <see langword="null"/> for a fault of the project.</param>
/// <param name="Arguments">Arguments of the message.</param>
internal sealed partial record DiagnosticInfo(string Id, string? Path, EquatableArray<string> Arguments)
{
    /// <summary>True if a finding that is information by default is a warning here.</summary>
    public bool IsRaised { get; init; }

    public static DiagnosticInfo Of(DiagnosticRule rule, string? path, params string[] arguments) =>
        new(rule.Id, path, new(arguments));

    public bool IsError => Descriptors.ById[Id].DefaultSeverity == RuleSeverity.Error;

    /// <summary>
    /// True if the class is generated in spite of the error. For errors about files on disk or about the item this avoids further
    /// errors wherever the program uses the class.
    /// </summary>
    public bool LeavesTheClass =>
        Id == Descriptors.ExternalDataOutside.Id || Id == Descriptors.TooLarge.Id
        || Descriptors.ById[Id].Category == Descriptors.Item;
}
