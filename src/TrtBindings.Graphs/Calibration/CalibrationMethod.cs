namespace TrtBindings;

/// <summary>How calibration chooses the largest number of a tensor that its quantized form can hold.</summary>
public enum CalibrationMethod
{
    /// <summary>The largest magnitude that was seen. Nothing is cut off, and one outlier makes every step coarse.</summary>
    MinMax,

    /// <summary>
    /// The magnitude that <see cref="QuantizationOptions.Percentile"/> percent of all numbers do not pass; the others are cut
    /// off.
    /// H. Wu et al., "Integer Quantization for Deep Learning Inference", arXiv:2004.09602, section 3.3.
    /// </summary>
    Percentile,

    /// <summary>
    /// The range whose 128 levels have the distribution that is nearest to that of the numbers by Kullback-Leibler divergence, as
    /// in TensorRT 10's entropy calibrator: S. Migacz, "8-bit Inference with TensorRT", GTC 2017. INT8 only.
    /// </summary>
    Entropy,

    /// <summary>
    /// The range with the least mean squared error of the quantized numbers. arXiv:2004.09602 names it beside the others.
    /// </summary>
    MeanSquaredError,
}
