namespace TrtBindings.Interop.TensorRT;

/// <summary>One line of the slot data.</summary>
/// <param name="Class">The C++ class, without its namespace.</param>
/// <param name="Method">
/// The method; <c>~</c> and <c>~delete</c> are the destructor's two entries; overloads name a parameter.
/// </param>
/// <param name="Itanium">Entry in the Itanium ABI.</param>
/// <param name="Microsoft">Entry in the Microsoft ABI; −1 where there is none.</param>
/// <param name="Since">First minor version that has it.</param>
internal readonly record struct TrtSlotRow(string Class, string Method, int Itanium, int Microsoft, int Since);
