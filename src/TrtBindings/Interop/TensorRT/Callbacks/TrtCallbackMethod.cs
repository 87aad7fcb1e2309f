namespace TrtBindings.Interop.TensorRT;

/// <summary>A method of a class that this library implements.</summary>
/// <param name="Name">As in the slot data.</param>
/// <param name="Function">A function with the MemberFunction convention.</param>
internal readonly record struct TrtCallbackMethod(string Name, nint Function);
