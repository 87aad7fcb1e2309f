using System.ComponentModel;

namespace TrtBindings;

/// <summary>For generated code: makes a tensor. A type of its own, because C# 12 has no generic one over a ref struct.</summary>
/// <typeparam name="TTensor">The tensor.</typeparam>
/// <param name="slot">Its place.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate TTensor TensorFactory<out TTensor>(TensorSlot slot)
    where TTensor : TensorBuffer;
