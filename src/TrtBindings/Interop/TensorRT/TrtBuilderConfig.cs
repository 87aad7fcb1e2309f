namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IBuilderConfig</c>. It has no recorder: what it refuses is in the log of the thread.</summary>
internal sealed unsafe class TrtBuilderConfig : TrtHandle
{
    private readonly TrtBuilder _builder;
    private readonly TrtBuilderConfigCalls _calls;
    private readonly nint _self;

    /// <summary>Takes a configuration over.</summary>
    public TrtBuilderConfig(TrtBuilder builder, nint native)
        : base(builder.Library, native, builder)
    {
        _builder = builder;
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary><c>getFlags</c>: the bits as this major numbers them.</summary>
    public uint Flags => _calls.GetFlags(_self);

    /// <summary><c>getNbOptimizationProfiles</c>.</summary>
    public int NbOptimizationProfiles => _calls.GetNbOptimizationProfiles(_self);

    /// <summary><c>getBuilderOptimizationLevel</c>: 0 to 5.</summary>
    public int BuilderOptimizationLevel
    {
        get => _calls.GetBuilderOptimizationLevel(_self);
        set => _calls.SetBuilderOptimizationLevel(_self, value);
    }

    /// <summary><c>getFlag</c>.</summary>
    /// <exception cref="TensorRtException">This major does not have the flag.</exception>
    public bool GetFlag(TrtBuilderFlag flag) => _calls.GetFlag(_self, TrtFlagNumbers.Of(flag, Library.Version)) != 0;

    /// <summary><c>setFlag</c> and <c>clearFlag</c>, read back: TensorRT refuses some flags without an answer.</summary>
    /// <exception cref="TensorRtException">This major does not have the flag, or refuses it as things are.</exception>
    public void SetFlag(TrtBuilderFlag flag, bool on = true)
    {
        TrtLogger.TakeErrors();
        var number = TrtFlagNumbers.Of(flag, Library.Version);
        if (on) _calls.SetFlag(_self, number);
        else _calls.ClearFlag(_self, number);
        if (_calls.GetFlag(_self, number) != 0 != on)
            throw TrtStatus.Failure(this, "IBuilderConfig.setFlag", $"did not take {flag} = {on}.");
    }

    /// <summary><c>addOptimizationProfile</c>.</summary>
    /// <returns>The profile's number.</returns>
    /// <exception cref="TensorRtException">The profile is not complete.</exception>
    public int AddOptimizationProfile(TrtOptimizationProfile profile) => TrtStatus.NotNegative(
        this, _calls.AddOptimizationProfile(_self, profile.Raw), "IBuilderConfig.addOptimizationProfile");

    /// <summary><c>setMemoryPoolLimit</c>, in bytes.</summary>
    public void SetMemoryPoolLimit(TrtMemoryPoolType pool, long bytes) =>
        _calls.SetMemoryPoolLimit(_self, (int)pool, (nuint)bytes);

    /// <summary><c>getMemoryPoolLimit</c>, in bytes.</summary>
    public long GetMemoryPoolLimit(TrtMemoryPoolType pool) => (long)_calls.GetMemoryPoolLimit(_self, (int)pool);

    /// <summary><c>setProfilingVerbosity</c>: how much the engine keeps for the inspector.</summary>
    public void SetProfilingVerbosity(TrtProfilingVerbosity verbosity) => _calls.SetProfilingVerbosity(_self, (int)verbosity);

    /// <summary><c>setHardwareCompatibilityLevel</c>.</summary>
    public void SetHardwareCompatibilityLevel(TrtHardwareCompatibilityLevel level) =>
        _calls.SetHardwareCompatibilityLevel(_self, (int)level);

    /// <summary><c>setMaxAuxStreams</c>.</summary>
    public void SetMaxAuxStreams(int streams) => _calls.SetMaxAuxStreams(_self, streams);

    /// <summary><c>createTimingCache</c>: from bytes of an earlier one, or empty.</summary>
    /// <exception cref="TensorRtException">The bytes are of another version or damaged.</exception>
    public TrtTimingCache CreateTimingCache(ReadOnlySpan<byte> bytes)
    {
        TrtLogger.TakeErrors();
        fixed (byte* first = bytes)
        {
            var native = _calls.CreateTimingCache(_self, first, (nuint)bytes.Length);
            // Made of the builder, not of this: this holds the cache that it uses, and two that hold each other are never freed.
            return new(_builder, TrtStatus.Object(this, native, "IBuilderConfig.createTimingCache"));
        }
    }

    /// <summary><c>setTimingCache</c>.</summary>
    /// <param name="cache">Read and added to by builds.</param>
    /// <param name="ignoreMismatch">Whether one of another device is taken too.</param>
    /// <exception cref="TensorRtException">It is of another device.</exception>
    public void SetTimingCache(TrtTimingCache cache, bool ignoreMismatch)
    {
        var answer = _calls.SetTimingCache(_self, cache.Raw, ignoreMismatch ? (byte)1 : (byte)0);
        TrtStatus.True(this, answer, "IBuilderConfig.setTimingCache");
        Hold("timing cache", cache);
    }

    /// <summary><c>setPluginsToSerialize</c>: libraries of plug-ins that the engine carries with it.</summary>
    public void SetPluginsToSerialize(params ReadOnlySpan<string> paths)
    {
        var names = new TrtName[paths.Length];
        var pointers = stackalloc byte*[paths.Length];
        for (var i = 0; i < paths.Length; i++)
        {
            names[i] = new(paths[i]);
            pointers[i] = names[i].Pointer;
        }

        _calls.SetPluginsToSerialize(_self, pointers, paths.Length);
        GC.KeepAlive(names);
    }

    /// <summary><c>setProgressMonitor</c>.</summary>
    public void SetProgressMonitor(TrtProgressMonitor? monitor)
    {
        _calls.SetProgressMonitor(_self, monitor?.Raw ?? 0);
        Hold("monitor", monitor);
    }

    /// <summary><c>setInt8Calibrator</c> (10.x only).</summary>
    /// <exception cref="TensorRtException">TensorRT 11 does not have it.</exception>
    public void SetInt8Calibrator(TrtInt8Calibrator? calibrator)
    {
        _calls.SetInt8Calibrator(_self, calibrator?.Raw ?? 0);
        Hold("calibrator", calibrator);
    }

    /// <summary><c>setCalibrationProfile</c> (10.x only): the shapes that are calibrated with.</summary>
    /// <exception cref="TensorRtException">TensorRT 11 does not have it, or the profile is not complete.</exception>
    public void SetCalibrationProfile(TrtOptimizationProfile profile) => TrtStatus.True(
        this, _calls.SetCalibrationProfile(_self, profile.Raw), "IBuilderConfig.setCalibrationProfile");
}
