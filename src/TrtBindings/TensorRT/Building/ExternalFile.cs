namespace TrtBindings.TensorRT.Building;

/// <summary>A file that holds weights of a model.</summary>
/// <param name="Location">As the model gives it.</param>
/// <param name="Path">Full path.</param>
internal sealed record ExternalFile(string Location, string Path);
