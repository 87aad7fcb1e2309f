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
    /// <param name="request">The model, checked against its signature, and the options, checked.</param>
    /// <param name="engine">The loaded model.</param>
    /// <param name="rejection">Why the backend cannot run the model.</param>
    /// <param name="cancellationToken">Ends the loading, as far as the backend can.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    bool TryLoad(LoadRequest request, [NotNullWhen(true)] out IBackendEngine? engine,
        [NotNullWhen(false)] out BackendRejection? rejection, CancellationToken cancellationToken);
}
