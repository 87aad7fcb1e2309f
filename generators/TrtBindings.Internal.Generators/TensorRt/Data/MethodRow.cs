namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>A method of a class, as one line of methods.txt has it.</summary>
internal sealed class MethodRow(
    int line, string name, string[] results, string[] parameters, int[] slots, TensorRtRelease since, bool isUsed)
{
    /// <summary>The name of the destructor.</summary>
    public const string Destructor = "~";

    /// <summary>The line of the file, counted from 0.</summary>
    public int Line => line;

    /// <summary>C++ name; overloads share it.</summary>
    public string Name => name;

    /// <summary>The type word of the result; a second one where the newest major has another type.</summary>
    public string[] Results => results;

    /// <summary>The type words of the parameters.</summary>
    public string[] Parameters => parameters;

    /// <summary>
    /// Slot in the Itanium ABI by major, in the order of the file's majors; −1 where the major lacks the method.
    /// </summary>
    public int[] Slots => slots;

    /// <summary>The first release that has it.</summary>
    public TensorRtRelease Since => since;

    /// <summary>Whether TrtBindings calls it.</summary>
    public bool IsUsed => isUsed;

    /// <summary>The signature as the file writes it.</summary>
    public string Signature => name == Destructor
        ? "~()" : $"{string.Join("/", results)} {name}({string.Join(", ", parameters)})";

    /// <summary>Name and parameters, which tell overloads apart.</summary>
    public string Key => $"{name}({string.Join(", ", parameters)})";
}
