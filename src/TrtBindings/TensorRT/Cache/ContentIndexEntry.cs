using TrtBindings.Interop.Native;

namespace TrtBindings.TensorRT.Cache;

/// <summary>The known hash of one file.</summary>
/// <param name="Identity">Identity of the file when it was hashed.</param>
/// <param name="Hash">Hash of its content.</param>
/// <param name="Hashed">Time at which it was hashed.</param>
internal sealed record ContentIndexEntry(FileIdentity Identity, string Hash, DateTimeOffset Hashed);
