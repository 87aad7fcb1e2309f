namespace TrtBindings.Conversion;

/// <summary>The pictures or the table of <c>TrtCalibration</c> cannot be used.</summary>
internal sealed class CalibrationException(string message) : Exception(message);
