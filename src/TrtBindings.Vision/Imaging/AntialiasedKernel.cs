namespace TrtBindings.Vision.Imaging;

/// <summary>Weights of one axis before they are rounded to fixed point.</summary>
internal struct AntialiasedKernel
{
    private readonly int _source;
    private readonly double _scale;
    private readonly double _stretch;
    private readonly double _support;
    private readonly ResizeFilter _filter;
    private readonly bool _isAliased;

    public AntialiasedKernel(int source, int target, ResizeFilter filter, AntialiasedRule rule)
    {
        (_source, Target, _filter) = (source, target, filter);
        _isAliased = rule == AntialiasedRule.TorchvisionV2Aliased;
        _scale = source / (double)target;
        _stretch = _isAliased ? 1 : Math.Max(_scale, 1);
        _support = _stretch * filter switch
        {
            ResizeFilter.Box => 0.5,
            ResizeFilter.Bicubic => 2,
            ResizeFilter.Lanczos => 3,
            _ => 1,
        };
        Room = ((int)Math.Ceiling(_support) * 2) + 1;
    }

    /// <summary>Output pixels of the axis.</summary>
    public int Target { get; }

    /// <summary>The most weights of one output pixel.</summary>
    public int Room { get; }

    /// <summary>The largest weight that the last call came across.</summary>
    public double Largest { get; private set; }

    /// <summary>Fills the weights of an output pixel. Returns its first source pixel and the number of weights.</summary>
    public (int Start, int Length) Fill(int position, Span<double> weights)
    {
        Largest = 0;
        if (_isAliased) return FillAliased(position, weights);
        var centre = (position + 0.5) * _scale;
        var shrink = 1 / _stretch;
        var start = Math.Max((int)(centre - _support + 0.5), 0);
        var length = Math.Min((int)(centre + _support + 0.5), _source) - start;
        var sum = 0.0;
        for (var tap = 0; tap < length; tap++) sum += weights[tap] = Weight((start + tap - centre + 0.5) * shrink);
        for (var tap = 0; tap < length; tap++)
        {
            if (sum != 0) weights[tap] /= sum;
            Largest = Math.Max(Largest, weights[tap]);
        }

        return (start, length);
    }

    /// <summary>Two or four taps; those outside the picture add to the edge's weight, one after the other.</summary>
    private (int Start, int Length) FillAliased(int position, Span<double> weights)
    {
        var at = ((position + 0.5) * _scale) - 0.5;
        if (_filter == ResizeFilter.Bilinear) at = Math.Max(at, 0);
        var index = Math.Min((int)Math.Floor(at), _source - 1);
        var fraction = Math.Clamp(at - index, 0, 1);
        var reach = (int)_support;
        var start = Math.Max(index - reach + 1, 0);
        var length = Math.Min(index + reach + 1, _source) - start;
        weights[..length].Clear();
        for (var tap = 0; tap < 2 * reach; tap++)
        {
            var place = Math.Clamp(index - reach + 1 + tap, 0, _source - 1) - start;
            weights[place] += Weight(tap + 1 - reach - fraction);
            Largest = Math.Max(Largest, weights[place]);
        }

        return (start, length);
    }

    private readonly double Weight(double x)
    {
        // Not symmetric: Pillow's box has its right end and not its left one.
        if (_filter == ResizeFilter.Box) return x is > -0.5 and <= 0.5 ? 1 : 0;
        x = Math.Abs(x);
        return _filter switch
        {
            ResizeFilter.Bicubic => Cubic(x, _isAliased ? -0.75 : -0.5),
            ResizeFilter.Hamming => Hamming(x),
            ResizeFilter.Lanczos => x < 3 ? Sinc(x) * Sinc(x / 3) : 0,
            _ => x < 1 ? 1 - x : 0,
        };
    }

    private static double Cubic(double x, double a)
    {
        if (x < 1) return ((((a + 2) * x) - (a + 3)) * x * x) + 1;
        return x < 2 ? ((((x - 5) * x) + 8) * x - 4) * a : 0;
    }

    /// <summary>Pillow's constants are in single precision.</summary>
    private static double Hamming(double x)
    {
        if (x == 0) return 1;
        if (x >= 1) return 0;
        x *= Math.PI;
        return Math.Sin(x) / x * (0.54f + (0.46f * Math.Cos(x)));
    }

    private static double Sinc(double x)
    {
        if (x == 0) return 1;
        x *= Math.PI;
        return Math.Sin(x) / x;
    }
}
