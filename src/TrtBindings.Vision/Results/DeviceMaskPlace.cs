namespace TrtBindings.Vision.Results;

/// <summary>Where a mask is on the device.</summary>
/// <param name="Plane">Its bits.</param>
/// <param name="FrameWidth">Width of the frame in pixels.</param>
/// <param name="FrameHeight">Height of the frame in pixels.</param>
/// <param name="Area">Pixels that are set; <see langword="null"/> if nobody counted them.</param>
internal readonly record struct DeviceMaskPlace(DevicePlane Plane, int FrameWidth, int FrameHeight, int? Area);
