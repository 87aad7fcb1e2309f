using Microsoft.Extensions.Logging;

namespace TrtBindings.TensorRT.Cache;

/// <summary>Log lines about the cache.</summary>
internal static partial class CacheLog
{
    [LoggerMessage(50, LogLevel.Warning, "Compiled GPU kernels are not kept, so that each start compiles them again: {Reason}")]
    public static partial void KernelsNotKept(ILogger logger, string reason);
}
