namespace TrtBindings.TestSupport.TensorRT;

/// <summary>Memory that an engine computes on: a GPU's, or the host's for a stand-in without one.</summary>
internal interface ISmokeMemory : IDisposable
{
    /// <summary>The stream to queue on.</summary>
    nint Stream { get; }

    /// <summary>Memory with these values, until this is disposed.</summary>
    nint Put(float[] values);

    /// <summary>The values at an address, when the stream is done.</summary>
    float[] Get(nint address, int count);
}
