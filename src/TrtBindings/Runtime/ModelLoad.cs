using System.ComponentModel;

namespace TrtBindings;

/// <summary>For generated code: a model that is about to be loaded, which its constructor hands on to the base class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelLoad
{
    /// <summary>For generated code and for tests that have none: what to load and how.</summary>
    public ModelLoad(
        ModelSignature signature, ModelSource source, ModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        Signature = signature;
        Source = source;
        Options = (options ?? new()).Snapshot();
        CancellationToken = cancellationToken;
    }

    internal ModelSignature Signature { get; }

    internal ModelSource Source { get; }

    internal ModelOptions Options { get; }

    internal CancellationToken CancellationToken { get; }
}
