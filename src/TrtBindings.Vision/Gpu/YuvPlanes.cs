namespace TrtBindings.Vision;

/// <summary>Where the planes of a YUV picture are on the GPU.</summary>
/// <param name="Y">Address of Y.</param>
/// <param name="PitchY">Bytes from one row of Y to the next.</param>
/// <param name="U">Address of U, or of U and V for NV12.</param>
/// <param name="PitchU">Bytes from one row of that plane to the next.</param>
/// <param name="V">Address of V; 0 for NV12.</param>
/// <param name="PitchV">Bytes from one row of V to the next; 0 for NV12.</param>
public readonly record struct YuvPlanes(nint Y, int PitchY, nint U = 0, int PitchU = 0, nint V = 0, int PitchV = 0);
