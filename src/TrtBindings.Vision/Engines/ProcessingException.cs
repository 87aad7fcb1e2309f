namespace TrtBindings.Vision;

/// <summary>An engine cannot do on the GPU what was asked of it.</summary>
public sealed class ProcessingException : TrtBindingsException
{
    /// <summary>Makes an error.</summary>
    /// <param name="message">What was asked, why it cannot be, and what to do.</param>
    /// <param name="reasons">Why not, one sentence part each.</param>
    public ProcessingException(string message, IReadOnlyList<string> reasons)
        : base(message) => Reasons = reasons;

    /// <summary>Why not, one sentence part each.</summary>
    public IReadOnlyList<string> Reasons { get; }
}
