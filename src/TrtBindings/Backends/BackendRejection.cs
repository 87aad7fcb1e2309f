using TrtBindings.Backends;

namespace TrtBindings;

/// <summary>A backend that does not run a model, and the reason.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Reason">Why it was not used, and what would change that.</param>
public sealed record BackendRejection(BackendKind Backend, string Reason)
{
    /// <summary>The error behind the reason; <see langword="null"/> if there was none.</summary>
    internal Exception? Cause { get; init; }

    /// <summary>For example <c>TensorRT: The CUDA driver's library was not found.</c></summary>
    public override string ToString() => $"{BackendNames.Of(Backend)}: {Reason}";
}
