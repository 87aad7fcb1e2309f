namespace TrtBindings.Generators;

/// <summary>Writes what makes a model class one of its family.</summary>
internal static class FamilyEmitter
{
    /// <summary>The interface, with its type arguments.</summary>
    /// <param name="family">The family.</param>
    /// <param name="modelClass">Full name of the model class.</param>
    public static string Interface(ModelFamily family, string modelClass) =>
        "global::TrtBindings." + family.Interface + (family.HasLabels ? $"<{modelClass}.Label>" : "");

    /// <summary>The interface's members, which only engines see.</summary>
    public static void Emit(CodeWriter writer, ModelFamily family, string modelClass)
    {
        foreach (var member in family.Members)
        {
            writer.Gap();
            writer.Doc("<inheritdoc/>");
            writer.Line($"{member.Type} {Interface(family, modelClass)}.{member.Name} => {member.Value};");
        }
    }
}
