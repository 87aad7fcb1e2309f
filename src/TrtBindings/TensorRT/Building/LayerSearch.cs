using TrtBindings.Backends;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Finds the first layer of a refused engine that strays. The engine is built again with values between its layers as further
/// outputs, which are compared with those of the reference; then again with values between the last one that agrees and the first
/// one that strays, a few times at most.
/// </summary>
/// <param name="recipe">What the engine is built from.</param>
/// <param name="trial">The comparison that refused it.</param>
/// <param name="values">The values of its network.</param>
/// <param name="log">Gets a line before each build.</param>
/// <param name="steps">Gets each build.</param>
/// <param name="build">Builds the engine with these values as further outputs.</param>
internal sealed class LayerSearch(EngineRecipe recipe, EngineTrial trial, NetworkValues values, BuildLog log,
    BuildProgressTree steps, Func<IReadOnlyList<string>, TrtHostMemory> build)
{
    /// <summary>More outputs change more of the engine than they tell.</summary>
    private const int MostMarks = 16;

    /// <summary>Room for the marked values of one run.</summary>
    private const double MostBytes = 1 << 30;

    private readonly int _most = recipe.Options.Parity.LayerSearchBuilds;
    private readonly HashSet<string> _agreeing = [];
    private readonly HashSet<string> _unknown = [];
    private int _builds;

    /// <summary>The same error with what the search found.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EngineParityException Explain(EngineParityException refused, CancellationToken cancellationToken)
    {
        if (_most == 0) return refused;
        return new(refused.Model, refused.Output, refused.Size, refused.BatchItem, refused.Problem)
        {
            Search = trial.Report!.Outputs.FirstOrDefault(result => !result.Passed && IsOutput(result)) is { } output
                ? Begin(refused, output, cancellationToken)
                : new("Its outputs are within the tolerance by themselves, so no layer is known to stray.", 0),
        };
    }

    private LayerSearchResult Begin(EngineParityException refused, OutputParity output, CancellationToken cancellationToken)
    {
        // A search that is cancelled must not hide why it was begun.
        log.Search($"{refused.Message} Now looking for the layer that strays: the engine is built up to {_most} times more, with "
            + $"up to {MostMarks} values between its layers as further outputs. ParityOptions.LayerSearchBuilds = 0 turns this "
            + "off.");
        return Run(output, cancellationToken);
    }

    private LayerSearchResult Run(OutputParity failure, CancellationToken cancellationToken)
    {
        LayerPlace? place = null;
        try
        {
            var nodes = ModelNodes.Read(recipe.Source, recipe.Signature);
            place = new(nodes, failure.Output, "");
            if (Open(nodes, place, _ => true).Count == 0) return place.Found(_agreeing, values, 0);
            var reference = trial.OpenReference(cancellationToken);
            while (true)
            {
                var open = Open(nodes, place, reference.Has);
                if (open.Count == 0) return place.Found(_agreeing, values, _builds);
                if (_builds == _most) return place.Bounded(_agreeing, open.Count, _builds);
                var marks = Spread(open);
                var results = Compare(reference, failure.Size, marks, open.Count, cancellationToken);
                if (results.Where(IsOutput).All(result => result.Passed)) return place.Vanished(_agreeing, marks, _builds);
                place = Narrow(nodes, place, marks, results);
            }
        }
        catch (Exception e) when (e is TrtBindingsException or NotSupportedException)
        {
            return (place ?? new(null, failure.Output, "")).Stopped(_agreeing, e.Message, _builds);
        }
    }

    /// <summary>
    /// Values that may be the first to stray: the place's value is computed from them, they are computed from the inputs, and
    /// nothing that agrees is computed from them.
    /// </summary>
    private List<string> Open(ModelNodes nodes, LayerPlace place, Func<string, bool> isInReference)
    {
        var open = nodes.Before(place.Value);
        open.ExceptWith(place.Settled(_agreeing));
        open.ExceptWith(_unknown);
        open.ExceptWith(recipe.Signature.Outputs.Select(output => output.Name));
        return [.. open.Where(nodes.IsComputed).Where(value => values.Find(value) is { IsFloat: true }).Where(isInReference)
            .OrderBy(nodes.PlaceOf).ThenBy(value => value, StringComparer.Ordinal)];
    }

    private IReadOnlyList<OutputParity> Compare(
        IMarkedReference reference, string size, string[] marks, int open, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _builds++;
        var step = $"Looking for the layer that strays, build {_builds} of at most {_most}";
        steps.Begin(step);
        log.Search($"{step}: {marks.Length} of {open} values as outputs, '{marks[0]}' to '{marks[^1]}'.");
        var made = build(marks);
        using var plan = EnginePlan.Over(made, made.Data, made.Size);
        return trial.Compare(plan, reference, size, marks, cancellationToken);
    }

    private bool IsOutput(OutputParity result) => recipe.Signature.Outputs.Any(output => output.Name == result.Output);

    /// <summary>The first of the marked values that strays becomes the place; those that agree are settled.</summary>
    private LayerPlace Narrow(ModelNodes nodes, LayerPlace place, string[] marks, IReadOnlyList<OutputParity> results)
    {
        var next = place;
        foreach (var mark in marks)
        {
            var result = results.FirstOrDefault(one => one.Output == mark);
            if (result is null) _unknown.Add(mark);
            else if (result.Passed) _agreeing.Add(mark);
            else if (ReferenceEquals(next, place)) next = new(nodes, mark, result.Problem!);
        }

        return next;
    }

    /// <summary>Values in even steps, as many as have room.</summary>
    private string[] Spread(List<string> open)
    {
        for (var count = Math.Min(MostMarks, open.Count); ; count--)
        {
            var chosen = count == open.Count ? [.. open]
                : Enumerable.Range(1, count).Select(i => open[i * open.Count / (count + 1)]).ToArray();
            if (count == 1 || chosen.Sum(BytesOf) <= MostBytes) return chosen;
        }
    }

    /// <summary>Bytes of a value at the largest sizes, or more.</summary>
    private double BytesOf(string value)
    {
        double bytes = sizeof(float);
        var shape = values.Find(value)!.Value.Shape.ToArray();
        for (var axis = 0; axis < shape.Length; axis++) bytes *= shape[axis] >= 0 ? shape[axis] : LargestOf(axis);
        return bytes;
    }

    private long LargestOf(int axis)
    {
        var ranges = recipe.Profiles.SelectMany(profile => profile.Ranges).ToArray();
        var own = ranges.Where(range => recipe.Signature.InputDimensions[range.Dimension].Axis == axis).ToArray();
        return (own.Length > 0 ? own : ranges).Select(range => range.Maximum).DefaultIfEmpty(1).Max();
    }
}
