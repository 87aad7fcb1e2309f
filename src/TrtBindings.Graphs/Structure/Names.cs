namespace TrtBindings.Graphs.Structure;

/// <summary>Makes names that no value of a model has, in any graph: a new value of an outer graph hides nothing.</summary>
internal sealed class Names
{
    private readonly HashSet<string> _taken;

    public Names(Graph main) =>
        _taken = [.. main.All().SelectMany(graph => graph.Values().Select(value => value.Name))];

    /// <summary>The name itself if it is free, otherwise with a number.</summary>
    public string Take(string wanted)
    {
        var name = wanted;
        for (var i = 2; !_taken.Add(name); i++) name = $"{wanted}_{i}";
        return name;
    }
}
