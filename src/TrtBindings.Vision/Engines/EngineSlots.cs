namespace TrtBindings.Vision.Engines;

/// <summary>
/// The slots of an engine, one for each call that it works on at one time, and what of their work is done on the GPU. The first
/// is made with the engine, the others when they are first needed.
/// </summary>
/// <typeparam name="TResult">The result of one image.</typeparam>
internal sealed class EngineSlots<TResult> : IDisposable
    where TResult : class
{
    private readonly IRunnableModel _model;
    private readonly ImageInput _input;
    private readonly GpuFactory<TResult>? _factory;
    private readonly EngineSlot<TResult>?[] _slots;
    private KernelShare? _share;

    /// <summary>Decides what runs where, and makes the first slot.</summary>
    /// <param name="model">The model, which is not disposed.</param>
    /// <param name="input">Its input.</param>
    /// <param name="options">The engine's options.</param>
    /// <param name="factory">What the family does on the GPU; <see langword="null"/> for nothing.</param>
    /// <exception cref="ProcessingException">The options ask for the GPU, and not all can be done there.</exception>
    /// <exception cref="CudaException">The GPU has too little memory, or failed.</exception>
    public EngineSlots(IRunnableModel model, ImageInput input, EngineOptions options, GpuFactory<TResult>? factory)
    {
        (_model, _input, _factory) = (model, input, factory);
        var choice = new ProcessingChoice<TResult>(model, options, factory);
        try
        {
            _share = choice.Load();
            (Places, Processing) = choice.Decide();
            _slots = new EngineSlot<TResult>?[Places.IsBoth ? options.MaxInFlight : 1];
            if (TryMakeFirst(choice)) return;
            (Places, Processing) = (default, choice.ToCpu());
            _slots = [Make()];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Which halves run on the GPU.</summary>
    public ProcessingPlaces Places { get; private set; }

    /// <summary>The same, with the reasons.</summary>
    public EngineProcessing Processing { get; private set; }

    /// <summary>Number of slots.</summary>
    public int Count => _slots.Length;

    /// <summary>A slot, which is made if it is not there. Only the call that has it may ask.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little memory for one more call in flight.</exception>
    public EngineSlot<TResult> this[int index] => _slots[index] ??= Make();

    /// <summary>Frees the slots. None may be in use.</summary>
    public void Dispose()
    {
        foreach (var slot in _slots ?? []) slot?.Dispose();
        _share?.Dispose();
        _share = null;
    }

    private bool TryMakeFirst(ProcessingChoice<TResult> choice)
    {
        try
        {
            _slots[0] = Make();
            return true;
        }
        catch (CudaException e) when (Places.IsAny && choice.MayFallBack(e))
        {
            return false;
        }
    }

    private EngineSlot<TResult> Make() => new(_model, _input, _factory, _share?.Kernels, Places);
}
