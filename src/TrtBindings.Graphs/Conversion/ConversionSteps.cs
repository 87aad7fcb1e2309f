namespace TrtBindings.Graphs.Conversion;

/// <summary>Says how far a conversion is, and ends it when it is cancelled: both at every step.</summary>
/// <param name="progress">Gets every step.</param>
/// <param name="cancellation">Ends the work at the next step.</param>
internal sealed class ConversionSteps(IProgress<ConversionProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Steps of which nobody says how many there are: as many take the phase half way.</summary>
    private const double Half = 32;

    private ConversionPhase _phase;
    private int _done;
    private int _steps;
    private double _percent;

    /// <summary>For nobody who looks, and without an end before the end.</summary>
    public static ConversionSteps None => new(null, CancellationToken.None);

    /// <summary>For what has no steps but can end early.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Begins a phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="steps">Its steps; 0 if nobody knows.</param>
    /// <param name="done">Those that are done.</param>
    /// <exception cref="OperationCanceledException">The conversion was cancelled.</exception>
    public void Begin(ConversionPhase phase, int steps = 0, int done = 0)
    {
        (_phase, _steps, _done) = (phase, steps, done);
        Report();
    }

    /// <summary>One step of the phase is done.</summary>
    /// <exception cref="OperationCanceledException">The conversion was cancelled.</exception>
    public void Next()
    {
        _done++;
        Report();
    }

    /// <summary>All is done. A token that is cancelled now comes too late.</summary>
    public void Finish()
    {
        (_phase, _steps, _done) = (ConversionPhase.Done, 1, 1);
        Show();
    }

    private void Report()
    {
        cancellation.ThrowIfCancellationRequested();
        Show();
    }

    private void Show()
    {
        if (progress is null) return;
        var (name, from, to) = Place(_phase);
        var part = _steps > 0 ? Math.Min(1, (double)_done / _steps) : _done / (_done + Half);
        // A second try begins at the start again, and what has been shown stays.
        _percent = Math.Max(_percent, from + (part * (to - from)));
        progress.Report(new(name, _done, _steps, _percent));
    }

    /// <summary>Each phase with its part of the time, as the sample models have it.</summary>
    private static (string Name, double From, double To) Place(ConversionPhase phase) => phase switch
    {
        ConversionPhase.Reading => ("Reading the model", 0, 5),
        ConversionPhase.Measuring => ("Measuring samples", 5, 80),
        ConversionPhase.Writing => ("Writing the model", 80, 85),
        ConversionPhase.Checking => ("Checking the result", 85, 100),
        _ => ("Done", 100, 100),
    };
}

/// <summary>The phases of a conversion, in their order.</summary>
internal enum ConversionPhase
{
    /// <summary>The file and its weights.</summary>
    Reading,

    /// <summary>Runs on samples; none without samples.</summary>
    Measuring,

    /// <summary>The new file.</summary>
    Writing,

    /// <summary>ONNX Runtime takes the new file.</summary>
    Checking,

    /// <summary>The file has its name.</summary>
    Done,
}
