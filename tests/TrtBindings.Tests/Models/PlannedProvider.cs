using System.Diagnostics.CodeAnalysis;
using TrtBindings.Backends;
using TrtBindings.Tensors;

namespace TrtBindings.Tests.Models;

/// <summary>A backend that takes every model, or refuses every one for the reason given.</summary>
internal sealed class PlannedProvider(BackendKind kind, string? refusal) : IBackendProvider, IBackendSession
{
    public BackendKind Kind => kind;

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    public string Version => "1.2.3";

    public string LibraryPath => $"/lib/{kind}";

    public IHostMemory HostMemory => AlignedHostMemory.Shared;

    public bool TryLoad(LoadRequest request, CancellationToken cancellationToken,
        [NotNullWhen(true)] out IBackendSession? session, [NotNullWhen(false)] out BackendRejection? rejection)
    {
        Asked++;
        session = refusal is null ? this : null;
        rejection = refusal is null ? null : new(kind, refusal);
        return rejection is null;
    }

    public IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs, int profile = -1) =>
        throw new NotSupportedException();

    public void Dispose()
    {
    }
}
