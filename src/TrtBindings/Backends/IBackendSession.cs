using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings.Backends;

/// <summary>A model that one backend has loaded. Thread-safe; bindings made of it may run side by side.</summary>
internal interface IBackendSession : IDisposable
{
    /// <summary>Version that the native library gives of itself.</summary>
    string Version { get; }

    /// <summary>The native library in use.</summary>
    string LibraryPath { get; }

    /// <summary>The host memory that tensors of this engine should lie in.</summary>
    IHostMemory HostMemory { get; }

    /// <summary>The GPU whose memory tensors may lie in; <see langword="null"/> where only host memory can be reached.</summary>
    CudaContext? DeviceContext => null;

    /// <summary>
    /// Ties a set of inputs to a set of outputs, in the model's order. The binding keeps the engine's native object alive.
    /// </summary>
    IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs);
}
