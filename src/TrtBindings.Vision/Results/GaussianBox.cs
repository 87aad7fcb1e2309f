namespace TrtBindings.Vision.Results;

/// <summary>
/// An oriented box as a normal distribution, for Ultralytics' probabilistic IoU (<c>utils/metrics.py</c>; arXiv 2106.06072): with
/// p = w² / 12 and q = h² / 12, the covariance is a = p cos² + q sin², b = p sin² + q cos², c = (p - q) cos sin.
/// </summary>
internal readonly struct GaussianBox
{
    private const double Epsilon = 1e-7;

    private readonly double _x;
    private readonly double _y;
    private readonly double _a;
    private readonly double _b;
    private readonly double _c;
    private readonly double _determinant;

    public GaussianBox(OrientedBox box)
    {
        var (sin, cos) = Math.SinCos(box.Angle);
        var (p, q) = ((double)box.Width * box.Width / 12, (double)box.Height * box.Height / 12);
        (_x, _y) = (box.CentreX, box.CentreY);
        _a = (p * cos * cos) + (q * sin * sin);
        _b = (p * sin * sin) + (q * cos * cos);
        _c = (p - q) * cos * sin;
        _determinant = Math.Max((_a * _b) - (_c * _c), 0);
    }

    /// <summary>
    /// 1 - sqrt(1 - exp(-B) + e), with the sums a, b, c of both, S = a b - c² and
    /// B = (a dy² + b dx²) / 4 (S + e) - c dx dy / 2 (S + e) + ln(S / (4 sqrt(S1 S2) + e) + e) / 2, clamped to e..100; e is
    /// 1e-7. Identical boxes give 0.99955, never 1.
    /// </summary>
    public double ProbabilisticIou(in GaussianBox other)
    {
        var (a, b, c) = (_a + other._a, _b + other._b, _c + other._c);
        var (dx, dy) = (_x - other._x, _y - other._y);
        var sum = (a * b) - (c * c);
        var distance = (((a * dy * dy) + (b * dx * dx)) * 0.25 / (sum + Epsilon)) - (c * dx * dy * 0.5 / (sum + Epsilon));
        var shape = 0.5 * Math.Log((sum / ((4 * Math.Sqrt(_determinant * other._determinant)) + Epsilon)) + Epsilon);
        var bhattacharyya = Math.Clamp(distance + shape, Epsilon, 100);
        return 1 - Math.Sqrt(1 - Math.Exp(-bhattacharyya) + Epsilon);
    }

    /// <summary>The B above which the overlap is certainly not above a threshold.</summary>
    public static double DistanceOf(double iou)
    {
        var rest = 1 - ((1 - iou) * (1 - iou)) + Epsilon;
        return rest <= 0 ? double.PositiveInfinity : -Math.Log(rest) + 0.001;
    }

    /// <summary>
    /// Whether the distance of the centres alone makes B larger than a value: the covariance spreads by at most a + b, and the
    /// part of B that depends on the shapes is not below 0 by more than rounding.
    /// </summary>
    public bool IsFartherThan(in GaussianBox other, double distance)
    {
        var (dx, dy) = (_x - other._x, _y - other._y);
        var spread = _a + _b + other._a + other._b;
        // For boxes smaller than a pixel the small constant of the formula matters.
        return spread > 1 && _determinant > 1 && other._determinant > 1
            && 0.25 * ((dx * dx) + (dy * dy)) > (distance + 0.01) * spread;
    }
}
