namespace TrtBindings.Tests.SampleModels;

/// <summary>One node of a graph or of a graph inside it.</summary>
/// <param name="Operator">Its operator, with the domain in front where it is not the default one.</param>
/// <param name="Inputs">Names of its inputs; empty for one that is left out.</param>
/// <param name="Outputs">Names of its outputs.</param>
/// <param name="To">The type that a Cast makes.</param>
/// <param name="Constant">The value of a Constant.</param>
internal sealed record GraphNode(
    string Operator, string[] Inputs, string[] Outputs, ElementType To, GraphConstant? Constant)
{
    /// <summary>An input by its place; empty where there is none.</summary>
    public string Input(int index) => index < Inputs.Length ? Inputs[index] : "";
}
