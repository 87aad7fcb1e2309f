namespace TrtBindings.Generators.Diagnostics;

/// <summary>What can be reported, without the compiler's types: the build task emits classes too, and has no compiler.</summary>
/// <param name="id">Its id.</param>
/// <param name="title">What is wrong, without the particulars.</param>
/// <param name="message">The message, with places for arguments.</param>
/// <param name="category">Its group.</param>
/// <param name="severity">How much it matters where nobody says otherwise.</param>
internal sealed partial class DiagnosticRule(string id, string title, string message, string category, RuleSeverity severity)
{
    public string Id { get; } = id;

    public string Title { get; } = title;

    public string Message { get; } = message;

    public string Category { get; } = category;

    public RuleSeverity DefaultSeverity { get; } = severity;

    public string HelpLinkUri => HelpLinks.Of(Id);
}

/// <summary>How much a rule matters, in the compiler's words.</summary>
internal enum RuleSeverity
{
    Info,
    Warning,
    Error,
}
