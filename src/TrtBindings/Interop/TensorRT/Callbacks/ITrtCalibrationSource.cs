namespace TrtBindings.Interop.TensorRT.Callbacks;

/// <summary>The sample data of an INT8 calibration.</summary>
internal interface ITrtCalibrationSource
{
    /// <summary>The size of the batch dimension of every batch.</summary>
    int BatchSize { get; }

    /// <summary>The next batch for one input.</summary>
    /// <param name="input">The name of the input.</param>
    /// <returns>A device address; 0 after the last batch.</returns>
    nint NextBatch(string input);

    /// <summary>The result of an earlier calibration; <see langword="null"/> to calibrate now.</summary>
    byte[]? ReadCache();

    /// <summary>Stores the result of this calibration.</summary>
    void WriteCache(ReadOnlySpan<byte> cache);
}
