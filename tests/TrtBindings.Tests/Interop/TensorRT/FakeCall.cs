namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>A call on a fake object.</summary>
/// <param name="Slot">The entry of the table that was called.</param>
/// <param name="This">The object it was called on.</param>
/// <param name="Arguments">The first four words after it, whatever the method has.</param>
internal sealed record FakeCall(int Slot, nint This, nint[] Arguments);
