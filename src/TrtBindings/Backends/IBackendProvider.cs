using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Backends;

/// <summary>One backend as the selection sees it.</summary>
internal interface IBackendProvider
{
    /// <summary>What it provides.</summary>
    BackendKind Kind { get; }

    /// <summary>
    /// Loads the model, or says why it cannot. A refusal leaves the next backend usable. Only the last backend throws where
    /// it cannot: there is no other to try.
    /// </summary>
    /// <param name="request">The model, checked against its signature.</param>
    /// <param name="cancellationToken">Cancels the load, as far as the backend can.</param>
    /// <param name="session">The loaded model.</param>
    /// <param name="refusal">Why there is none.</param>
    bool TryLoad(LoadRequest request, CancellationToken cancellationToken,
        [NotNullWhen(true)] out IBackendSession? session, [NotNullWhen(false)] out BackendRefusal? refusal);
}
