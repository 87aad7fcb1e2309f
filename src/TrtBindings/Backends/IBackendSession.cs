using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings.Backends;

/// <summary>A model that a backend has loaded. Thread-safe: several bindings of one session may run at the same time.</summary>
internal interface IBackendSession : IDisposable
{
    /// <summary>The first run loads kernels and allocates.</summary>
    const int PlainWarmUpRuns = 3;

    /// <summary>The version that the native library reports.</summary>
    string Version { get; }

    /// <summary>The native library in use.</summary>
    string LibraryPath { get; }

    /// <summary>ONNX Runtime's execution providers in use, by its names; empty for another backend.</summary>
    IReadOnlyList<string> Providers => [];

    /// <summary>
    /// How the engine answered beside a reference when it was built; <see langword="null"/> if that is not known.
    /// </summary>
    ParityReport? Parity => null;

    /// <summary>Runs after which another run of the same shapes takes no longer than later ones.</summary>
    int WarmUpRuns => PlainWarmUpRuns;

    /// <summary>The host memory to use for tensors of this session.</summary>
    IHostMemory HostMemory { get; }

    /// <summary>The GPU whose memory tensors may use; <see langword="null"/> if the backend takes host memory only.</summary>
    CudaContext? DeviceContext => null;

    /// <summary>
    /// Binds a set of inputs and a set of outputs, in the model's order. The binding keeps the native session alive.
    /// </summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="profile">
    /// The profile of an engine that runs go through where it allows the inputs' shapes; -1 for the one that fits them best.
    /// </param>
    IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs, int profile = -1);
}
