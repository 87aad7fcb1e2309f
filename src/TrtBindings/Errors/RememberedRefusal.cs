using System.Globalization;

namespace TrtBindings.Errors;

/// <summary>What an error says if nothing was built now, because the same engine was refused before.</summary>
internal static class RememberedRefusal
{
    /// <summary>The message.</summary>
    /// <param name="said">The message of the error when the engine was refused.</param>
    /// <param name="refused">When that was.</param>
    public static string Describe(string said, DateTimeOffset refused) => string.Create(CultureInfo.InvariantCulture,
        $"{said} That was at {refused.UtcDateTime:yyyy-MM-dd HH:mm} UTC. The cache remembers it, and nothing was built now. ")
        + "To build again, call BuildEngine or run 'trtb build' with these options, set TensorRtOptions.Parity.RetryRefused, or "
        + "run 'trtb cache clear'. Another model, option, tolerance or reference, and another TensorRT, GPU or driver, is tried "
        + "by itself.";
}
