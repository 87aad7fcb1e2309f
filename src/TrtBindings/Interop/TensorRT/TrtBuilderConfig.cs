using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_builder_config.html">
/// IBuilderConfig</see>. It has no error recorder, so the reason of a refusal is in the log of the calling thread.
/// </summary>
internal sealed unsafe class TrtBuilderConfig : TrtHandle
{
    private readonly TrtBuilder _builder;
    private readonly TrtBuilderConfigCalls _calls;
    private readonly nint _self;

    /// <summary>Takes ownership of a native configuration.</summary>
    public TrtBuilderConfig(TrtBuilder builder, nint native)
        : base(builder.Library, native, builder)
    {
        _builder = builder;
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>Calls <c>getFlag</c>.</summary>
    /// <exception cref="TensorRtException">This major does not have the flag.</exception>
    public bool GetFlag(TrtBuilderFlag flag) => _calls.GetFlag(_self, TrtFlagNumbers.Of(flag, Library.Version)) != 0;

    /// <summary>
    /// Calls <c>setFlag</c> or <c>clearFlag</c>, then <c>getFlag</c>, because TensorRT refuses some flags without saying so.
    /// </summary>
    /// <exception cref="TensorRtException">This major does not have the flag, or TensorRT refused it.</exception>
    public void SetFlag(TrtBuilderFlag flag, bool on = true)
    {
        TrtLogger.TakeErrors();
        var number = TrtFlagNumbers.Of(flag, Library.Version);
        if (on) _calls.SetFlag(_self, number);
        else _calls.ClearFlag(_self, number);
        if (_calls.GetFlag(_self, number) != 0 != on)
            throw TrtStatus.Failure(this, "IBuilderConfig.setFlag", $"did not take {flag} = {on}.");
    }

    /// <summary>Calls <c>addOptimizationProfile</c>.</summary>
    /// <returns>The index of the profile.</returns>
    /// <exception cref="TensorRtException">The profile is not complete.</exception>
    public int AddOptimizationProfile(TrtOptimizationProfile profile) => TrtStatus.NotNegative(
        this, _calls.AddOptimizationProfile(_self, profile.Raw), "IBuilderConfig.addOptimizationProfile");

    /// <summary>Calls <c>setMemoryPoolLimit</c>.</summary>
    public void SetMemoryPoolLimit(TrtMemoryPoolType pool, long bytes) => _calls.SetMemoryPoolLimit(_self, pool, (nuint)bytes);

    /// <summary>Calls <c>getMemoryPoolLimit</c>.</summary>
    /// <returns>The limit in bytes.</returns>
    public long GetMemoryPoolLimit(TrtMemoryPoolType pool) => (long)_calls.GetMemoryPoolLimit(_self, pool);

    /// <summary>Calls <c>setBuilderOptimizationLevel</c> with a level from 0 to 5.</summary>
    public void SetBuilderOptimizationLevel(int level) => _calls.SetBuilderOptimizationLevel(_self, level);

    /// <summary>Calls <c>setProfilingVerbosity</c>: what the engine inspector tells of a layer.</summary>
    public void SetProfilingVerbosity(TrtProfilingVerbosity verbosity) => _calls.SetProfilingVerbosity(_self, verbosity);

    /// <summary>Calls <c>setHardwareCompatibilityLevel</c>.</summary>
    public void SetHardwareCompatibilityLevel(TrtHardwareCompatibilityLevel level) =>
        _calls.SetHardwareCompatibilityLevel(_self, level);

    /// <summary>Calls <c>createTimingCache</c> with the bytes of an earlier cache, or with none.</summary>
    /// <exception cref="TensorRtException">The bytes are damaged or of another version.</exception>
    public TrtTimingCache CreateTimingCache(ReadOnlySpan<byte> bytes)
    {
        TrtLogger.TakeErrors();
        fixed (byte* first = bytes)
        {
            var native = _calls.CreateTimingCache(_self, (nint)first, (nuint)bytes.Length);
            // The builder is the parent, not this configuration: the configuration holds the cache that it uses, and two objects
            // that hold each other are never freed.
            return new(_builder, TrtStatus.Object(this, native, "IBuilderConfig.createTimingCache"));
        }
    }

    /// <summary>Calls <c>setTimingCache</c>.</summary>
    /// <param name="cache">Builds read it and add to it.</param>
    /// <param name="ignoreMismatch">Whether a cache of another device is accepted.</param>
    /// <exception cref="TensorRtException">The cache is of another device.</exception>
    public void SetTimingCache(TrtTimingCache cache, bool ignoreMismatch)
    {
        var answer = _calls.SetTimingCache(_self, cache.Raw, ignoreMismatch ? (byte)1 : (byte)0);
        TrtStatus.True(this, answer, "IBuilderConfig.setTimingCache");
        Hold("timing cache", cache);
    }

    /// <summary>Calls <c>setPluginsToSerialize</c>: the engine carries these plug-in libraries with it.</summary>
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

    /// <summary>Calls <c>setProgressMonitor</c>.</summary>
    public void SetProgressMonitor(TrtProgressMonitor? monitor)
    {
        _calls.SetProgressMonitor(_self, monitor?.Raw ?? 0);
        Hold("monitor", monitor);
    }

    /// <summary>Calls <c>setInt8Calibrator</c>.</summary>
    /// <exception cref="TensorRtException">The loaded version has no calibration.</exception>
    public void SetInt8Calibrator(TrtInt8Calibrator? calibrator)
    {
        _calls.SetInt8Calibrator(_self, calibrator?.Raw ?? 0);
        Hold("calibrator", calibrator);
    }

    /// <summary>Calls <c>setCalibrationProfile</c>: the profile whose shapes calibration runs with.</summary>
    /// <exception cref="TensorRtException">The loaded version has no calibration, or the profile is not complete.</exception>
    public void SetCalibrationProfile(TrtOptimizationProfile profile) => TrtStatus.True(
        this, _calls.SetCalibrationProfile(_self, profile.Raw), "IBuilderConfig.setCalibrationProfile");
}
