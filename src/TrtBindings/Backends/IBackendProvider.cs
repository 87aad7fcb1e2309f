using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Backends;

/// <summary>A backend that the selection can try.</summary>
internal interface IBackendProvider
{
    /// <summary>The backend's kind.</summary>
    BackendKind Kind { get; }

    /// <summary>
    /// Loads the model, or returns the reason why it cannot. After a refusal the next backend is tried. Only the last backend
    /// throws, because there is no other to try.
    /// </summary>
    /// <param name="request">The model, checked against its signature.</param>
    /// <param name="cancellationToken">Cancels the load, as far as the backend can.</param>
    /// <param name="session">The loaded model.</param>
    /// <param name="refusal">Why there is none.</param>
    bool TryLoad(LoadRequest request, CancellationToken cancellationToken,
        [NotNullWhen(true)] out IBackendSession? session, [NotNullWhen(false)] out BackendRefusal? refusal);
}
