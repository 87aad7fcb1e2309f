namespace TrtBindings.Interop.TensorRT;

/// <summary>The data that an INT8 build of TensorRT 10 measures ranges with.</summary>
internal interface ITrtCalibrationSource
{
    /// <summary>Size of the batch dimension of every batch.</summary>
    int BatchSize { get; }

    /// <summary>Gives the next batch.</summary>
    /// <param name="input">Name of the input asked for.</param>
    /// <returns>A device address, or 0 at the end.</returns>
    nint NextBatch(string input);

    /// <summary>What an earlier calibration wrote; <see langword="null"/> to calibrate now.</summary>
    byte[]? ReadCache();

    /// <summary>Keeps what this calibration found.</summary>
    void WriteCache(ReadOnlySpan<byte> cache);
}
