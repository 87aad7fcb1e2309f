namespace TrtBindings.Cli.Npy;

/// <summary>A file that is no array that can be read. The message follows the file's name and "is no array that can be used:
/// ".</summary>
internal sealed class NpyException(string message) : Exception(message);
