using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings.Backends;

/// <summary>A model that one backend has loaded. Thread-safe; its bindings may run side by side.</summary>
internal interface IBackendSession : IDisposable
{
    /// <summary>Version that the native library reports.</summary>
    string Version { get; }

    /// <summary>The native library in use.</summary>
    string LibraryPath { get; }

    /// <summary>The kind of host memory to allocate tensors in.</summary>
    IHostMemory HostMemory { get; }

    /// <summary>The GPU whose memory tensors may use; <see langword="null"/> if only host memory can be used.</summary>
    CudaContext? DeviceContext => null;

    /// <summary>
    /// Binds a set of inputs and a set of outputs, in the model's order. The binding keeps the native session alive.
    /// </summary>
    IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs);
}
