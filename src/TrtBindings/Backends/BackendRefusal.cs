namespace TrtBindings.Backends;

/// <summary>Why a backend does not run a model.</summary>
/// <param name="Reason">In one line, with what would change it.</param>
/// <param name="Cause">The error behind it, where there was one.</param>
internal sealed record BackendRefusal(string Reason, Exception? Cause = null);
