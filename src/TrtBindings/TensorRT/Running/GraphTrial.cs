using System.Diagnostics;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Takes the times of replays of a graph and of plain runs in turn, on the device, with the work of the application around the
/// model in both. Decides once whether the graph is of use.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="takesTurns">
/// Whether runs wait for those of other lanes. Then a plain run is queued while the GPU is busy with another one, so that its
/// time there does not show what queuing it costs; the time of the calls counts too.
/// </param>
internal sealed class GraphTrial(CudaContext context, bool takesTurns) : IDisposable
{
    /// <summary>Runs of each kind.</summary>
    public const int RunsEach = 5;

    /// <summary>A graph costs memory, so one that saves less than a tenth is not used.</summary>
    private const float MostOfPlain = 0.9f;

    private readonly CudaEvent _begin = CudaEvent.Create(context, timing: true);
    private readonly CudaEvent _end = CudaEvent.Create(context, timing: true);
    private readonly float[] _plain = new float[RunsEach];
    private readonly float[] _replay = new float[RunsEach];
    private int _runs;
    private long _began;
    private float _queuing;

    /// <summary>Whether the next run is to be a replay.</summary>
    public bool IsReplay => _runs % 2 == 1;

    /// <summary>Whether all times are there.</summary>
    public bool IsOver => _runs == 2 * RunsEach;

    /// <summary>Whether the graph saves a tenth of the time or more.</summary>
    public bool IsFaster => ReplayMilliseconds <= MostOfPlain * PlainMilliseconds;

    /// <summary>Median of the plain runs.</summary>
    public float PlainMilliseconds => Median(_plain);

    /// <summary>Median of the replays.</summary>
    public float ReplayMilliseconds => Median(_replay);

    /// <summary>Called before the run is queued.</summary>
    public void Begin(CudaStream stream)
    {
        _begin.Record(stream);
        _began = Stopwatch.GetTimestamp();
    }

    /// <summary>Called after the run is queued.</summary>
    public void End(CudaStream stream)
    {
        _queuing = takesTurns ? (float)Stopwatch.GetElapsedTime(_began).TotalMilliseconds : 0;
        _end.Record(stream);
    }

    /// <summary>Called after the run has completed.</summary>
    public void Take()
    {
        (IsReplay ? _replay : _plain)[_runs / 2] = _end.MillisecondsSince(_begin) + _queuing;
        _runs++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
    }

    private static float Median(float[] times)
    {
        Span<float> sorted = stackalloc float[RunsEach];
        times.CopyTo(sorted);
        sorted.Sort();
        return sorted[RunsEach / 2];
    }
}
