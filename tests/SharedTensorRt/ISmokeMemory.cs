namespace TrtBindings.TestSupport.TensorRT;

/// <summary>Memory for the tensors of an engine: of the GPU, or of the host for a stand-in without CUDA.</summary>
internal interface ISmokeMemory : IDisposable
{
    /// <summary>The stream for runs.</summary>
    nint Stream { get; }

    /// <summary>Allocates memory with these values; it is freed when this object is disposed.</summary>
    nint Put(float[] values);

    /// <summary>Waits for the stream and returns the values at an address.</summary>
    float[] Get(nint address, int count);
}
