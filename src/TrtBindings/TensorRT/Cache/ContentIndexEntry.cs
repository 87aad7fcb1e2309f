using TrtBindings.Interop.Native;

namespace TrtBindings.TensorRT.Cache;

/// <summary>What is known of one file.</summary>
/// <param name="Identity">What the file was when it was hashed.</param>
/// <param name="Hash">Hash of its content.</param>
/// <param name="Hashed">When.</param>
internal sealed record ContentIndexEntry(FileIdentity Identity, string Hash, DateTimeOffset Hashed);
