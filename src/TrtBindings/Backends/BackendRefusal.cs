namespace TrtBindings.Backends;

/// <summary>The reason why a backend does not run a model.</summary>
/// <param name="Reason">One line with the remedy.</param>
/// <param name="Cause">The error behind it, if there was one.</param>
internal sealed record BackendRefusal(string Reason, Exception? Cause = null);
