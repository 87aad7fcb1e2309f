namespace TrtBindings.Graphs.Calibration;

/// <summary>What calibration found out about one tensor.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Largest">The largest magnitude that it had; infinite or NaN if it had such numbers.</param>
/// <param name="Method">How <paramref name="Amax"/> was chosen.</param>
/// <param name="Amax">
/// The largest magnitude that its quantized form is to hold; <see langword="null"/> for tensors that are not quantized.
/// </param>
internal sealed record CalibratedTensor(string Name, float Largest, CalibrationMethod Method, float? Amax);
