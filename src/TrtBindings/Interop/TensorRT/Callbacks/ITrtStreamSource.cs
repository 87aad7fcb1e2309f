namespace TrtBindings.Interop.TensorRT;

/// <summary>Where an engine is read from piece by piece.</summary>
internal interface ITrtStreamSource
{
    /// <summary>Reads the next bytes.</summary>
    /// <param name="destination">Host or device memory: TensorRT asks for weights straight into device memory.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="stream">The CUDA stream to copy on.</param>
    /// <returns>How many were read; fewer at the end.</returns>
    long Read(nint destination, long bytes, nint stream);

    /// <summary>Goes to a place; <see langword="false"/> where there is no such place.</summary>
    bool Seek(long offset, TrtSeekOrigin origin);
}
