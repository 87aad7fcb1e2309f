using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Families;

/// <summary>A property of a family's interface, and what one model gives for it.</summary>
/// <param name="Type">Its type, in full.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, as an expression.</param>
internal sealed record FamilyMember(string Type, string Name, string Value)
{
    /// <summary>A property whose type is an enum of the library.</summary>
    public static FamilyMember Enum(string type, string name, string member) =>
        new("Trt::" + type, name, "Trt::" + type + "." + member);

    /// <summary>A number.</summary>
    public static FamilyMember Number(string name, int value) => new("int", name, Literals.Number(value));

    /// <summary>Yes or no.</summary>
    public static FamilyMember Flag(string name, bool value) => new("bool", name, value ? "true" : "false");
}
