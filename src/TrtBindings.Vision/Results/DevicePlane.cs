namespace TrtBindings.Vision.Results;

/// <summary>Pixels on the device, row after row: one byte each for a class map, one bit each for a mask.</summary>
/// <param name="Address">Address of the first row. Valid until the next run of the slot that made it.</param>
/// <param name="X">Left column in the picture.</param>
/// <param name="Y">Top row in the picture.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="RowBytes">Bytes of a row.</param>
internal readonly record struct DevicePlane(nint Address, int X, int Y, int Width, int Height, int RowBytes);
