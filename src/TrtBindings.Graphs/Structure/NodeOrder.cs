namespace TrtBindings.Graphs.Structure;

/// <summary>Puts nodes into an order in which each comes after those that it needs.</summary>
internal static class NodeOrder
{
    /// <summary>The order of the file, changed only where it must be.</summary>
    /// <param name="nodes">Nodes of one graph.</param>
    /// <param name="path">The model's path, for the message.</param>
    /// <exception cref="ModelFileException">Nodes need each other in a circle.</exception>
    public static IReadOnlyList<Node> Sort(IReadOnlyList<Node> nodes, string path)
    {
        var place = new Dictionary<Node, int>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++) place[nodes[i]] = i;
        var (missing, users) = (new int[nodes.Count], new List<int>[nodes.Count]);
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var producer in nodes[i].AllInputs().Select(value => value.Producer).Distinct())
            {
                // A value of an outer graph is there before this graph begins.
                if (producer is null || !place.TryGetValue(producer, out var at)) continue;
                (users[at] ??= []).Add(i);
                missing[i]++;
            }
        }

        var ready = new PriorityQueue<int, int>();
        for (var i = 0; i < nodes.Count; i++)
            if (missing[i] == 0) ready.Enqueue(i, i);
        var sorted = new List<Node>(nodes.Count);
        while (ready.TryDequeue(out var next, out _))
        {
            sorted.Add(nodes[next]);
            foreach (var user in users[next] ?? [])
                if (--missing[user] == 0) ready.Enqueue(user, user);
        }

        if (sorted.Count == nodes.Count) return sorted;
        var stuck = nodes[Array.FindIndex(missing, count => count > 0)];
        throw new ModelFileException(path, $"In the model '{path}' the node {stuck} needs its own result, directly or through "
            + "others. Export or copy the model again.");
    }
}
