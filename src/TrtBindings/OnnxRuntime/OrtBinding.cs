using Microsoft.ML.OnnxRuntime;
using TrtBindings.Backends;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// Binds inputs and outputs to a session. It never computes an output's size. The first run with given input shapes lets
/// ONNX Runtime allocate the outputs and reads their shapes. Later runs write straight into our memory at those shapes and
/// allocate nothing. An output whose shape then differs depends on the data, and is copied from then on.
/// </summary>
internal sealed partial class OrtBinding : IBackendBinding
{
    private readonly OrtIo _io;
    private readonly RunOptions _options;
    private readonly OrtInput[] _inputs;
    private readonly OrtOutput[] _outputs;
    private readonly int[] _slots;
    private readonly OrtShapeMemory _shapes = new();
    private nint[][]? _expected;
    private bool _inputsChanged;
    private bool _collects;

    /// <param name="session">The session.</param>
    /// <param name="inputs">Its inputs, in order.</param>
    /// <param name="outputs">Its outputs, in order.</param>
    /// <param name="copiesInputs">True if binding an input copies it to another device.</param>
    /// <param name="device">Memory of that device, for tensors that lie there already.</param>
    public OrtBinding(OrtSession session, IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs,
        bool copiesInputs, OrtMemoryInfo? device = null)
    {
        _inputs = [.. inputs.Select(input => new OrtInput(input, copiesInputs, device))];
        _outputs = [.. outputs.Select(output => new OrtOutput(output, device))];
        // ONNX Runtime keeps one value for each name, in the order in which names are first bound.
        var names = outputs.Select(output => output.Name).Distinct().ToList();
        _slots = [.. outputs.Select(output => names.IndexOf(output.Name))];
        _stream = session.Stream;
        _io = new(session);
        try
        {
            _options = OrtErrors.Call("CreateRunOptions", () => new RunOptions());
            // A run that the provider would record must say so: outputs that it allocates itself have no fixed address.
            if (_stream is { RecordsModels: true })
                OrtErrors.Call("AddRunConfigEntry", () => _options.AddRunConfigEntry(OrtModelGraph.Number, "-1"));
        }
        catch
        {
            _io.Dispose();
            throw;
        }
    }

    /// <summary>The native binding, to measure what this class adds to a bare run of it.</summary>
    public OrtIo Io => _io;

    /// <inheritdoc/>
    public GpuWork? Work { get; set; }

    /// <summary>The native run options, for the same purpose.</summary>
    public RunOptions RunOptions => _options;

    /// <inheritdoc/>
    public void Run(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_stream is not { } stream) RunModel(_options, cancellationToken);
        else if (Work is { } work) RunAround(work, stream, cancellationToken);
        else RunAlone(stream, cancellationToken);
        // This object owns the native ones, and nothing else need keep it alive during the run.
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public ValueTask RunAsync(CancellationToken cancellationToken) => _stream is { } stream && Work is { } work
        ? RunAroundAsync(work, stream, cancellationToken)
        : new(Task.Run(() => Run(cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public void Dispose()
    {
        _io.Dispose();
        _options.Dispose();
        foreach (var input in _inputs) input.Dispose();
        LeaveStream();
    }

    /// <summary>Binds what changed, and runs.</summary>
    private void RunModel(RunOptions options, CancellationToken cancellationToken)
    {
        Refresh();
        RunRefreshed(options, cancellationToken);
    }

    /// <summary>Binds the inputs that changed, and finds the outputs' shapes for theirs.</summary>
    private void Refresh()
    {
        // A field, because a later input may throw: the next run must still know that an earlier one changed.
        foreach (var input in _inputs) _inputsChanged |= input.Refresh(_io);
        if (_inputsChanged)
        {
            _expected = _shapes.Find(_inputs);
            _collects = true;
            _inputsChanged = false;
        }
    }

    private void RunRefreshed(RunOptions options, CancellationToken cancellationToken)
    {
        if (_expected is null) RunUnbound(cancellationToken);
        else RunBound(_expected, options, cancellationToken);
    }

    /// <summary>Lets ONNX Runtime allocate every output, and remembers the shapes.</summary>
    private void RunUnbound(CancellationToken cancellationToken)
    {
        foreach (var output in _outputs) output.BindToHost(_io);
        if (Execute(_options, cancellationToken) is { } error) throw error;
        var isComplete = Collect();
        _expected = Array.ConvertAll(_outputs, output => output.Buffer.Lengths.ToArray());
        _shapes.Remember(_inputs, _expected);
        // Once: from here on the outputs are bound.
        if (!isComplete) RunBound(_expected, _options, cancellationToken);
    }

    private void RunBound(nint[][] expected, RunOptions options, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _outputs.Length; i++)
        {
            if (_outputs[i].IsUnbound) _outputs[i].BindToHost(_io);
            else _outputs[i].BindToOwn(_io, expected[i]);
        }

        if (Execute(options, cancellationToken) is not null)
        {
            // Perhaps only because a shape differs. A real error comes again.
            RunUnbound(cancellationToken);
            Distrust(expected);
            return;
        }

        if (_collects)
        {
            Collect();
            _collects = Array.Exists(_outputs, output => output.IsUnbound);
            return;
        }

        for (var i = 0; i < _outputs.Length; i++) _outputs[i].Buffer.SetLengths(expected[i]);
    }

    /// <summary>Finds the output that made a run fail with bound outputs, after the same run succeeded without.</summary>
    private void Distrust(nint[][] expected)
    {
        var found = false;
        for (var i = 0; i < _outputs.Length; i++)
        {
            if (_outputs[i].IsUnbound || _outputs[i].Buffer.Lengths.SequenceEqual(expected[i])) continue;
            _outputs[i].StayUnbound();
            found = true;
        }

        if (!found)
            foreach (var output in _outputs) output.StayUnbound();
        _collects = true;
    }

    /// <summary>Takes over the values that ONNX Runtime allocated, after making room for all of them.</summary>
    /// <returns>False if a value was too large to be copied, and must be computed again into our memory.</returns>
    private bool Collect()
    {
        var isComplete = true;
        using var values = _io.Outputs();
        var shapes = new nint[_outputs.Length][];
        for (var i = 0; i < _outputs.Length; i++)
        {
            shapes[i] = OrtTensors.ReadShape(_outputs[i].Buffer, values[_slots[i]]);
            _outputs[i].Buffer.EnsureCapacity(shapes[i]);
        }

        for (var i = 0; i < _outputs.Length; i++)
        {
            var value = values[_slots[i]];
            var tooLarge = !_outputs[i].IsUnbound && OrtTensors.IsTooLargeToCopy(_outputs[i].Buffer, shapes[i]);
            if (tooLarge || _outputs[i].IsOwn(value, shapes[i]))
            {
                _outputs[i].Buffer.SetLengths(shapes[i]);
                isComplete &= _outputs[i].IsBoundToOwn;
                continue;
            }

            // It was bound to our memory, but lies elsewhere: the operator hands a value over instead of filling ours.
            if (_outputs[i].IsBoundToOwn) _outputs[i].StayUnbound();
            _outputs[i].Take(value, shapes[i]);
        }

        return isComplete;
    }

    /// <summary>Runs once. Returns the error, except for a cancellation, which is thrown.</summary>
    private OnnxRuntimeException? Execute(RunOptions options, CancellationToken cancellationToken)
    {
        OnnxRuntimeException? error;
        if (cancellationToken.CanBeCanceled)
        {
            // Disposing the registration waits for a callback that is running, so none can reach a later run.
            using (cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, options))
                error = _io.Run(options);
            if (cancellationToken.IsCancellationRequested) options.Terminate = false;
        }
        else
        {
            error = _io.Run(options);
        }

        if (error is null) return null;
        foreach (var output in _outputs) output.Forget();
        if (cancellationToken.IsCancellationRequested)
            throw new OperationCanceledException("The run was cancelled.", error, cancellationToken);
        return error;
    }
}
