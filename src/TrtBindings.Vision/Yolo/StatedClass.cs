namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Classes that an end-to-end head states as numbers, which can be anything. Those of a dense head are places in its output.
/// </summary>
internal static class StatedClass
{
    /// <summary>The class that a number is nearest to; -1, which no model has, for what is not a number.</summary>
    public static int Of(float value) => float.IsNaN(value) ? -1 : (int)MathF.Round(value);

    /// <summary>Refuses a class that the model does not have; without labels it has any.</summary>
    /// <exception cref="TensorException">No such class.</exception>
    public static void Check(ModelSignature signature, int index)
    {
        var labels = signature.Labels.Count;
        if (index >= 0 && (labels == 0 || index < labels)) return;
        var name = signature.Outputs[0].Name;
        throw new TensorException(name, $"'{name}' names class {index}, but the model has {labels} labels.");
    }
}
