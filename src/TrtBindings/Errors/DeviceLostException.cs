namespace TrtBindings;

/// <summary>
/// The GPU failed, or this process lost it: nothing runs on it until the process is restarted. Models on the CPU and on other
/// GPUs keep running, and everything can still be disposed.
/// </summary>
public sealed class DeviceLostException : CudaException
{
    /// <summary>An error about one GPU.</summary>
    /// <param name="device">The GPU's name and index.</param>
    /// <param name="function">The call that reported the failure first.</param>
    /// <param name="errorCode">The driver's <c>CUresult</c>.</param>
    /// <param name="errorName">The code's name.</param>
    /// <param name="text">The driver's text for the code.</param>
    public DeviceLostException(string device, string function, int errorCode, string errorName, string text)
        : base(function, errorCode, errorName, $"{text}. {device} cannot be used any more by this process, because such an "
            + "error stays until the process ends. Restart the process; models on the CPU and on other GPUs go on.") =>
        Device = device;

    /// <summary>The GPU's name and index.</summary>
    public string Device { get; }
}
