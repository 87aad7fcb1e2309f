using System.Diagnostics.CodeAnalysis;
using TrtBindings.Backends;

namespace TrtBindings;

/// <summary>One backend as the selection sees it.</summary>
internal interface IBackendProvider
{
    /// <summary>What it provides.</summary>
    BackendKind Kind { get; }

    /// <summary>
    /// Loads the model, or says why it cannot. A refusal leaves the next backend usable. Only the last backend throws where
    /// it cannot: there is no other to try.
    /// </summary>
    /// <param name="source">The model, checked against its signature.</param>
    /// <param name="signature">What the class was compiled against, with what the item declares.</param>
    /// <param name="options">How to load it.</param>
    /// <param name="engine">The loaded model.</param>
    /// <param name="reason">Why there is none, in one line; empty if there is one.</param>
    bool TryLoad(ModelSource source, ModelSignature signature, ModelOptions options,
        [NotNullWhen(true)] out IBackendEngine? engine, out string reason);
}
