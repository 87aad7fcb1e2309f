using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Generators;

/// <summary>Writes the interface of a model's family and its members.</summary>
internal static class FamilyEmitter
{
    /// <summary>The interface, with its type arguments.</summary>
    /// <param name="family">The family.</param>
    /// <param name="modelClass">Full name of the model class.</param>
    public static string Interface(FamilyMatch family, string modelClass) =>
        $"global::TrtBindings.I{family.Rule.Task}Model" + (family.Rule.HasLabels ? $"<{modelClass}.Label>" : "");

    /// <summary>The interface's members, which are explicit because only engines use them.</summary>
    public static void Emit(CodeWriter writer, FamilyMatch family, string modelClass)
    {
        var form = "global::TrtBindings." + family.Rule.FormType;
        Member(form, "Form", $"{form}.{family.Form}");
        foreach (var (name, value) in family.Numbers) Member("int", name, Literals.Number(value));

        void Member(string type, string name, string value)
        {
            writer.Gap();
            writer.Doc("<inheritdoc/>");
            writer.Line($"{type} {Interface(family, modelClass)}.{name} => {value};");
        }
    }
}
