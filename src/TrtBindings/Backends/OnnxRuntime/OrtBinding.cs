using TrtBindings.Interop.OnnxRuntime;

namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>
/// Inputs and outputs bound to a session. Output sizes are never computed here: the first run with given input shapes
/// lets ONNX Runtime make the outputs and learns their shapes; the following ones write straight into our memory at
/// those shapes and allocate nothing. Where ONNX Runtime then reports another shape, the output depends on the data,
/// and it is copied from then on.
/// </summary>
internal sealed class OrtBinding : IBackendBinding
{
    private readonly OrtIoBinding _binding;
    private readonly OrtRunOptions _options;
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
    /// <param name="copiesInputs">Whether a bound input is copied to another device when it is bound.</param>
    /// <param name="device">Memory of that device, for tensors that lie there already.</param>
    public OrtBinding(OrtSession session, IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs,
        bool copiesInputs, OrtMemoryInfo? device = null)
    {
        _inputs = [.. inputs.Select(input => new OrtInput(input, copiesInputs, device))];
        _outputs = [.. outputs.Select(output => new OrtOutput(output, device))];
        // ONNX Runtime keeps one value for each name, in the order of the first mention.
        var names = outputs.Select(output => output.Name).Distinct().ToList();
        _slots = [.. outputs.Select(output => names.IndexOf(output.Name))];
        _binding = new(session);
        try
        {
            _options = new(session.Library);
        }
        catch
        {
            _binding.Dispose();
            throw;
        }
    }

    /// <summary>The native binding, for measuring what this class adds to it.</summary>
    public OrtIoBinding Native => _binding;

    /// <summary>The native run options, for the same.</summary>
    public OrtRunOptions RunOptions => _options;

    /// <inheritdoc/>
    public void Run(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A field, because a later input may throw: the next run must still know that an earlier one changed.
        foreach (var input in _inputs) _inputsChanged |= input.Refresh(_binding);
        if (_inputsChanged)
        {
            _expected = _shapes.Find(_inputs);
            _collects = true;
            _inputsChanged = false;
        }

        if (_expected is null) RunUnbound(cancellationToken);
        else RunBound(_expected, cancellationToken);
        // The native objects belong to this one, which nothing else need keep alive.
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public ValueTask RunAsync(CancellationToken cancellationToken) =>
        new(Task.Run(() => Run(cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        foreach (var input in _inputs) input.Dispose();
    }

    /// <summary>ONNX Runtime makes every output, and the shapes are remembered.</summary>
    private void RunUnbound(CancellationToken cancellationToken)
    {
        foreach (var output in _outputs) output.BindToHost(_binding);
        if (Execute(cancellationToken) is { } error) throw error;
        Collect();
        _expected = Array.ConvertAll(_outputs, output => output.Buffer.Lengths.ToArray());
        _shapes.Remember(_inputs, _expected);
    }

    private void RunBound(nint[][] expected, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _outputs.Length; i++)
        {
            if (_outputs[i].IsUnbound) _outputs[i].BindToHost(_binding);
            else _outputs[i].BindToOwn(_binding, expected[i]);
        }

        if (Execute(cancellationToken) is not null)
        {
            // Perhaps only because a shape differs. If it is a real error, it comes again.
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

    /// <summary>After a run that failed with outputs bound and succeeded without: which output was it?</summary>
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

    /// <summary>Takes over what ONNX Runtime made, after making room for all of it.</summary>
    private void Collect()
    {
        Span<nint> lengths = stackalloc nint[OrtTensorView.MaxRank];
        using var values = _binding.Outputs();
        for (var i = 0; i < _outputs.Length; i++)
        {
            var rank = OrtTensors.ReadShape(_outputs[i].Buffer, values[_slots[i]], lengths);
            _outputs[i].Buffer.EnsureCapacity(lengths[..rank]);
        }

        for (var i = 0; i < _outputs.Length; i++)
        {
            var value = values[_slots[i]];
            var rank = OrtTensors.ReadShape(_outputs[i].Buffer, value, lengths);
            if (_outputs[i].IsOwn(value))
            {
                _outputs[i].Buffer.SetLengths(lengths[..rank]);
                continue;
            }

            // Bound to our memory, yet made elsewhere: an operator that hands values over instead of filling them.
            if (_outputs[i].IsBoundToOwn) _outputs[i].StayUnbound();
            _outputs[i].Take(value, lengths[..rank]);
        }
    }

    /// <summary>One run; the error is returned, except for a cancellation.</summary>
    private OnnxRuntimeException? Execute(CancellationToken cancellationToken)
    {
        nint status;
        if (cancellationToken.CanBeCanceled)
        {
            // Disposing the registration waits for a callback under way: none can reach a later run.
            using (cancellationToken.UnsafeRegister(static state => ((OrtRunOptions)state!).Terminate(), _options))
                status = _binding.Run(_options);
            if (cancellationToken.IsCancellationRequested) _options.AllowRuns();
        }
        else
        {
            status = _binding.Run(_options);
        }

        if (status == 0) return null;
        foreach (var output in _outputs) output.Forget();
        var error = OrtStatus.ToException(_binding.Library.Api, status, "RunWithBinding");
        if (cancellationToken.IsCancellationRequested)
            throw new OperationCanceledException("The run was cancelled.", error, cancellationToken);
        return error;
    }
}
