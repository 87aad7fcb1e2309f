namespace TrtBindings.Vision.AnyFamily;

/// <summary>The largest difference of one kind, and the find that is furthest beyond the tolerance.</summary>
internal sealed class PartTally(string part, double range)
{
    private double _largest;
    private double _furthest;
    private int? _picture;
    private string? _problem;

    /// <summary>How many were compared.</summary>
    public long Count { get; set; }

    /// <summary>See <see cref="ResultParity.Agreement"/>.</summary>
    public double? Agreement { get; set; }

    /// <summary>What came out.</summary>
    public ResultParity Result => new(part, Count)
    {
        Largest = _largest, Range = range, Agreement = Agreement, Picture = _picture, Problem = _problem,
    };

    /// <summary>Counts a difference.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="difference">In the unit of the range.</param>
    /// <param name="share">As the tolerance is given.</param>
    /// <param name="most">The tolerance.</param>
    /// <param name="problem">What is said if it is beyond.</param>
    public void Add(int picture, double difference, double share, double most, Func<string> problem)
    {
        Count++;
        if (difference > _largest) (_largest, _picture) = (difference, _problem is null ? picture : _picture);
        if (!(share <= most)) Tell(picture, share / Math.Max(most, 1e-12), problem());
    }

    /// <summary>Takes a problem, if it is further beyond the tolerance than the one that is known.</summary>
    public void Tell(int picture, double excess, string problem)
    {
        if (_problem is not null && excess <= _furthest) return;
        (_furthest, _picture, _problem) = (excess, picture, problem);
    }
}
