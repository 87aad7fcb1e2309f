namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IBuilder</c>. One build at a time.</summary>
internal sealed unsafe class TrtBuilder : TrtHandle
{
    private readonly TrtBuilderCalls _calls;
    private readonly nint _self;

    private TrtBuilder(TrtLibrary library, nint native)
        : base(library, native, parent: null)
    {
        var target = TrtTarget.OfImplementation(native, library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary><c>getMaxThreads</c>.</summary>
    public int MaxThreads => _calls.GetMaxThreads(_self);

    /// <summary>
    /// Makes a builder. A CUDA context must be current: where CUDA cannot be used at all, the real library (10.6) does not answer
    /// null but ends the process.
    /// </summary>
    /// <exception cref="TensorRtException">
    /// The library is a runtime only, or its builder resource is missing: the messages name the file.
    /// </exception>
    public static TrtBuilder Create(TrtLibrary library)
    {
        TrtLogger.TakeErrors();
        if (!library.HasBuilder)
            throw TrtStatus.Failure(library, "createInferBuilder", $"is not in '{library.Path}', which only runs engines.");
        var native = library.Exports.CreateInferBuilder(library.Logger.Raw, library.Version.Number);
        return TrtStatus.IsObject(native) ? new(library, native) : throw TrtStatus.Failure(library, "createInferBuilder");
    }

    /// <summary><c>createNetworkV2</c>.</summary>
    public TrtNetwork CreateNetworkV2(params ReadOnlySpan<TrtNetworkFlag> flags)
    {
        var word = 0u;
        foreach (var flag in flags) word |= 1u << TrtFlagNumbers.Of(flag, Library.Version);
        return new(this, TrtStatus.Object(this, _calls.CreateNetworkV2(_self, word), "IBuilder.createNetworkV2"));
    }

    /// <summary><c>createBuilderConfig</c>.</summary>
    public TrtBuilderConfig CreateBuilderConfig() =>
        new(this, TrtStatus.Object(this, _calls.CreateBuilderConfig(_self), "IBuilder.createBuilderConfig"));

    /// <summary><c>createOptimizationProfile</c>.</summary>
    public TrtOptimizationProfile CreateOptimizationProfile() =>
        new(this, TrtStatus.Object(this, _calls.CreateOptimizationProfile(_self), "IBuilder.createOptimizationProfile"));

    /// <summary><c>setMaxThreads</c>.</summary>
    public void SetMaxThreads(int threads) =>
        TrtStatus.True(this, _calls.SetMaxThreads(_self, threads), "IBuilder.setMaxThreads");

    /// <summary>Gives builds their device memory; <see langword="null"/> for TensorRT's own way.</summary>
    public void SetGpuAllocator(TrtGpuAllocator? allocator)
    {
        _calls.SetGpuAllocator(_self, allocator?.Raw ?? 0);
        Hold("allocator", allocator);
    }

    /// <summary><c>isNetworkSupported</c>.</summary>
    public bool IsNetworkSupported(TrtNetwork network, TrtBuilderConfig config) =>
        _calls.IsNetworkSupported(_self, network.Raw, config.Raw) != 0;

    /// <summary><c>buildSerializedNetwork</c>: may take minutes. A monitor of the configuration can end it.</summary>
    /// <exception cref="TensorRtException">
    /// The build failed, or was ended; what a callback threw is the inner exception. A missing builder resource is named
    /// here too.
    /// </exception>
    public TrtHostMemory BuildSerializedNetwork(TrtNetwork network, TrtBuilderConfig config)
    {
        const string Function = "IBuilder.buildSerializedNetwork";
        TrtLogger.TakeErrors();
        var native = _calls.BuildSerializedNetwork(_self, network.Raw, config.Raw);
        var caught = config.TakeCallbackFailure();
        if (TrtStatus.IsObject(native))
        {
            var plan = new TrtHostMemory(Library, native, this);
            // Made of less than it should be: a calibration without its data, say.
            if (caught is null) return plan;
            plan.Dispose();
        }

        IReadOnlyList<string> said = [.. TakeMessages(), .. network.Recorder?.Take() ?? []];
        throw new TensorRtException(Function, Library.Version.ToString(), said, innerException: caught);
    }
}
