namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>One entry of a class's method table in one release.</summary>
internal sealed class Entry(MethodRow row, string method, int itanium)
{
    /// <summary>The line of the file that it is from.</summary>
    public MethodRow Row => row;

    /// <summary>The method's name; "~" and "~delete" are the two entries of a destructor.</summary>
    public string Method => method;

    /// <summary>Slot in the Itanium ABI.</summary>
    public int Itanium => itanium;

    /// <summary>Slot in the Microsoft ABI; −1 for "~", which it does not have.</summary>
    public int Microsoft { get; set; } = -1;
}
