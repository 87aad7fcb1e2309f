namespace TrtBindings.Generators;

/// <summary>Writes the enum of class labels.</summary>
internal static class LabelEmitter
{
    public static void Emit(CodeWriter writer, ModelSpec model)
    {
        writer.Gap();
        writer.Doc("<summary>Number of class labels.</summary>");
        writer.Line($"public const int LabelCount = {Literals.Number(model.LabelMembers.Count)};");
        writer.Gap();
        writer.Doc(model.Labels.Count > 0
            ? "<summary>What the model tells apart. The values are its class indices.</summary>"
            : "<summary>What the model tells apart. The file does not name its classes; the values are their indices."
                + "</summary>");
        using (writer.Braces("public enum Label"))
        {
            for (var i = 0; i < model.LabelMembers.Count; i++)
            {
                var text = model.Labels.Count > 0 ? DocText.Code(model.Labels[i]) : "Class " + Literals.Number(i);
                writer.Doc($"<summary>{text}.</summary>");
                writer.Line($"{model.LabelMembers[i]} = {Literals.Number(i)},");
            }
        }
    }
}
