namespace TrtBindings.TensorRT.Building;

/// <summary>What an INT8 build of TensorRT 10 measures the ranges of a model's values with.</summary>
internal interface ICalibrationData
{
    /// <summary>Changes when the data does: a part of the engine's key in the cache.</summary>
    string Identity { get; }

    /// <summary>Size of the batch dimension of every batch.</summary>
    int BatchSize { get; }

    /// <summary>Starts anew.</summary>
    /// <returns>
    /// The batches: by the name of each input its values, as bytes in the model's type, with the shape that is the first
    /// profile's optimum.
    /// </returns>
    IEnumerable<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> Batches();
}
