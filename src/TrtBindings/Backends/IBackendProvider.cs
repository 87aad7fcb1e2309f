using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Backends;

/// <summary>Loads models on one backend.</summary>
internal interface IBackendProvider
{
    /// <summary>The backend.</summary>
    BackendKind Kind { get; }

    /// <summary>
    /// Loads the model, or says why it cannot. After a rejection the next backend is tried. Only the last backend throws if it
    /// cannot load the model, because there is no other to try.
    /// </summary>
    /// <param name="request">The model, checked against its signature.</param>
    /// <param name="cancellationToken">Cancels the load, as far as the backend can.</param>
    /// <param name="session">The loaded model.</param>
    /// <param name="rejection">Why there is none.</param>
    bool TryLoad(LoadRequest request, CancellationToken cancellationToken,
        [NotNullWhen(true)] out IBackendSession? session, [NotNullWhen(false)] out BackendRejection? rejection);
}
