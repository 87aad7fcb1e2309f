namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>
/// The rows of a picture that a bilinear resize reads: of a picture that becomes a third as high, every third row. Only these are
/// uploaded. Remembers the sizes of a few pictures.
/// </summary>
internal sealed class SourceRows
{
    /// <summary>To queue an upload takes about as long as these bytes of it take on the bus.</summary>
    private const long BytesOfUpload = 64 << 10;

    /// <summary>Below this step nearly all rows are read.</summary>
    private const double LeastStep = 1.5;

    /// <summary>
    /// The most uploads for one picture: 4.05 rows for each output row, as of a camera's 2592 x 1944, are 81 for 20.
    /// </summary>
    private const int MostRuns = 20;

    private const int Remembered = 16;

    private readonly (Sizes Sizes, RowRun[]? Rows)[] _known = new (Sizes, RowRun[]?)[Remembered];
    private int _next;

    /// <summary>The rows that the resize reads.</summary>
    /// <param name="frame">Has packed pixels, its geometry and its steps.</param>
    /// <returns><see langword="null"/> if there is little to leave out.</returns>
    public RowRun[]? Of(in GpuFrame frame)
    {
        if (frame.Steps[1] < LeastStep) return null;
        var first = Math.Max(0, -frame.Top);
        var count = Math.Min(frame.ScaledHeight, frame.InputHeight - frame.Top) - first;
        var rowBytes = frame.Width * ((PixelFormat)frame.Format).BytesPerPixel();
        var sizes = new Sizes(frame.Height, rowBytes, frame.Steps[1], first, count);
        foreach (ref readonly var known in _known.AsSpan())
            if (known.Sizes == sizes) return known.Rows;
        var rows = Find(sizes);
        _known[_next++ % Remembered] = (sizes, rows);
        return rows;
    }

    private static RowRun[]? Find(Sizes sizes)
    {
        if (sizes.Count < 1) return null;
        // Three quarters of the time of one upload of all rows, or that one.
        var least = (((long)sizes.Height * sizes.RowBytes) + BytesOfUpload) * 3 / 4;
        (int First, int Last)[]? read = null;
        RowRun[]? best = null;
        for (var runs = 1; runs <= Math.Min(MostRuns, sizes.Count); runs++)
        {
            // Rows by which the last group lies elsewhere than the period says: each group must have as many more.
            var drift = Math.Abs((runs * sizes.Step) - Math.Round(runs * sizes.Step)) * sizes.Count / runs;
            if ((drift * sizes.Count * sizes.RowBytes) + (BytesOfUpload * runs) >= least) continue;
            read ??= [.. Enumerable.Range(sizes.First, sizes.Count).Select(y => RowsOf(y, sizes.Step, sizes.Height))];
            if (WithRuns(runs, read, sizes) is not { } rows) continue;
            var cost = (rows.Sum(run => (long)run.Rows * run.Count) * sizes.RowBytes) + (BytesOfUpload * runs);
            if (cost < least) (best, least) = (rows, cost);
        }

        return best;
    }

    /// <summary>Each run has every n-th output row's source rows, and what lies between if their distance varies.</summary>
    private static RowRun[]? WithRuns(int runs, (int First, int Last)[] read, Sizes sizes)
    {
        var period = (int)Math.Round(runs * sizes.Step);
        var rows = new RowRun[runs];
        for (var run = 0; run < runs; run++)
        {
            var (first, last, count) = (int.MaxValue, int.MinValue, 0);
            for (var i = run; i < read.Length; i += runs)
            {
                first = Math.Min(first, read[i].First - (count * period));
                last = Math.Max(last, read[i].Last - (count++ * period));
            }

            rows[run] = new(first, last - first + 1, period, count);
            if (rows[run].Rows > period || first < 0 || last + ((count - 1) * period) >= sizes.Height) return null;
        }

        return rows;
    }

    /// <summary>As native/kernels/linear.cu: a row of weight 0 is not read, or its value does not matter.</summary>
    private static (int First, int Last) RowsOf(int position, double step, int height)
    {
        LinearWeights.Of(position, step, out var index, out var weight0, out var weight1);
        var (first, second) = (Math.Clamp(index, 0, height - 1), Math.Clamp(index + 1, 0, height - 1));
        return (weight0 > 0 ? first : second, weight1 > 0 ? second : first);
    }

    /// <param name="Height">Rows of the picture.</param>
    /// <param name="RowBytes">Bytes of a row.</param>
    /// <param name="Step">Source rows for each output row.</param>
    /// <param name="First">The first output row that lies in the input.</param>
    /// <param name="Count">Output rows that lie in the input.</param>
    private readonly record struct Sizes(int Height, int RowBytes, double Step, int First, int Count);
}
