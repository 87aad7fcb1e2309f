namespace TrtBindings.Vision;

/// <summary>
/// A result on the GPU is gone, because its engine has begun another call or is disposed: copy it, or use it, before. Or it is a
/// default value, and never was one.
/// </summary>
public sealed class DeviceResultException : TrtBindingsException
{
    /// <summary>Makes an error.</summary>
    public DeviceResultException()
        : base("The result on the GPU is gone: its engine has begun another call in its place, or is disposed. Copy it to the "
            + "host, or use it, before the next call.")
    {
    }

    internal DeviceResultException(string message)
        : base(message)
    {
    }
}
