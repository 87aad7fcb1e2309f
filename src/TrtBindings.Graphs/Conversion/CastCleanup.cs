using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// Removes what a conversion leaves behind: casts that change nothing, and constants that nobody reads any more.
/// </summary>
internal static class CastCleanup
{
    public static void Run(Draft draft)
    {
        RemoveEmptyCasts(draft.Main);
        RemoveUnreadCasts(draft.Main);
        RemoveUnreadConstants(draft);
    }

    /// <summary>A Cast of the file to the type that its input has now.</summary>
    private static void RemoveEmptyCasts(Graph main)
    {
        var replaced = new Dictionary<Value, Value>();
        foreach (var graph in main.All())
        {
            graph.Nodes.RemoveAll(node =>
            {
                if (node is not { Operator: "Cast", Domain: "" } || node.Inputs is not [{ } input]
                    || node.Outputs is not [{ } output]
                    || input.Type != output.Type || output.Type == ElementType.Undefined || graph.Outputs.Contains(output))
                    return false;
                replaced[output] = input;
                return true;
            });
        }

        if (replaced.Count == 0) return;
        foreach (var graph in main.All())
        {
            foreach (var node in graph.Nodes)
            {
                for (var i = 0; i < node.Inputs.Count; i++)
                    if (node.Inputs[i] is { } input) node.Inputs[i] = Last(input);
            }
        }

        Value Last(Value value)
        {
            while (replaced.TryGetValue(value, out var next)) value = next;
            return value;
        }
    }

    /// <summary>Casts whose readers were given something else.</summary>
    private static void RemoveUnreadCasts(Graph main)
    {
        for (var found = true; found;)
        {
            var uses = new Uses(main);
            found = false;
            foreach (var graph in main.All())
                found |= graph.Nodes.RemoveAll(node => node is { Operator: "Cast" } && node.Outputs is [{ } output]
                    && uses.IsUnused(output)) > 0;
        }
    }

    private static void RemoveUnreadConstants(Draft draft)
    {
        var uses = new Uses(draft.Main);
        foreach (var graph in draft.Main.All())
        {
            // What nobody read before either is the application's: some name such constants when they make a session.
            graph.Initializers.RemoveAll(value => value.IsConstant && uses.IsUnused(value) && draft.WasRead(value));
        }
    }
}
