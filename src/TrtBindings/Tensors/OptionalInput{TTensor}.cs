namespace TrtBindings;

/// <summary>An input with a default in the model file, and the type of the tensor that replaces it.</summary>
/// <typeparam name="TTensor">The tensor, such as <c>InputTensor&lt;float, N&lt;_1&gt;&gt;</c>.</typeparam>
public sealed class OptionalInput<TTensor> : OptionalInput
    where TTensor : TensorBuffer
{
    private readonly TensorSet _owner;
    private readonly Func<TTensor> _create;
    private readonly Action _changed;
    private TTensor? _tensor;
    private bool _isSet;

    internal OptionalInput(TensorSet owner, TensorDescription description, Func<TTensor> create, Action changed)
        : base(description) => (_owner, _create, _changed) = (owner, create, changed);

    /// <inheritdoc/>
    public override bool IsSet => _isSet;

    /// <summary>The tensor that runs get; <see langword="null"/> while they use the default.</summary>
    public TTensor? Value => _isSet ? _tensor : null;

    internal override TensorBuffer? Given => Value;

    internal override TensorBuffer? Memory => _tensor;

    /// <summary>
    /// Replaces the default by the tensor that is returned. The first call allocates it, with zeros and not with the default in
    /// it; later ones return the same tensor. Writing to it between runs needs no further call. The next run binds the inputs
    /// anew.
    /// </summary>
    /// <remarks>
    /// TensorRT builds defaults into its engines: there a run with a value throws a <see cref="TensorException"/> with the
    /// input's name. ONNX Runtime takes any value.
    /// </remarks>
    /// <exception cref="TensorException">The system has too little memory.</exception>
    /// <exception cref="TensorsInUseException">A run is using the inputs.</exception>
    /// <exception cref="ObjectDisposedException">The inputs are disposed.</exception>
    public TTensor Set()
    {
        if (_isSet)
        {
            _owner.ThrowIfDisposed();
            return _tensor!;
        }

        _owner.Enter();
        try
        {
            _tensor ??= _create();
            _isSet = true;
            _changed();
            return _tensor;
        }
        finally
        {
            _owner.Exit();
        }
    }

    /// <inheritdoc/>
    public override void UseDefault()
    {
        _owner.Enter();
        try
        {
            if (!_isSet) return;
            _isSet = false;
            _changed();
        }
        finally
        {
            _owner.Exit();
        }
    }
}
