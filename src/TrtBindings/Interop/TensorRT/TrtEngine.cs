using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>ICudaEngine</c>. Its getters may be called from any thread.</summary>
internal sealed unsafe class TrtEngine : TrtHandle
{
    private readonly TrtCudaEngineCalls _calls;
    private readonly nint _self;

    /// <summary>Takes an engine over.</summary>
    public TrtEngine(TrtRuntime runtime, nint native)
        : base(runtime.Library, native, runtime)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary><c>getName</c>: the network's.</summary>
    public string Name => Marshal.PtrToStringUTF8((nint)_calls.GetName(_self)) ?? "";

    /// <summary><c>getNbLayers</c>.</summary>
    public int NbLayers => _calls.GetNbLayers(_self);

    /// <summary><c>getNbIOTensors</c>.</summary>
    public int NbIOTensors => _calls.GetNbIOTensors(_self);

    /// <summary><c>getNbOptimizationProfiles</c>.</summary>
    public int NbOptimizationProfiles => _calls.GetNbOptimizationProfiles(_self);

    /// <summary>
    /// <c>isRefittable</c>: whether other weights may be put in. One that was built without its weights (STRIP_PLAN) must be
    /// refitted before it is run and still answers false, if it was built for the weights of its model alone.
    /// </summary>
    public bool IsRefittable => _calls.IsRefittable(_self) != 0;

    /// <summary><c>getHardwareCompatibilityLevel</c>.</summary>
    public TrtHardwareCompatibilityLevel HardwareCompatibilityLevel =>
        (TrtHardwareCompatibilityLevel)_calls.GetHardwareCompatibilityLevel(_self);

    /// <summary><c>getStreamableWeightsSize</c>, in bytes.</summary>
    public long StreamableWeightsSize => _calls.GetStreamableWeightsSize(_self);

    /// <summary>Scratch memory that a context needs for the largest profile, in bytes.</summary>
    public long DeviceMemorySize => Library.Slots.Has(TrtMethod.CudaEngine_GetDeviceMemorySizeV2)
        ? _calls.GetDeviceMemorySizeV2(_self)
        : (long)_calls.GetDeviceMemorySize(_self);

    /// <summary><c>getIOTensorName</c>.</summary>
    /// <exception cref="TensorRtException">There is no tensor of this number.</exception>
    public string GetIOTensorName(int index)
    {
        var name = (nint)_calls.GetIOTensorName(_self, index);
        return Marshal.PtrToStringUTF8(TrtStatus.NotNull(this, name, "ICudaEngine.getIOTensorName"))!;
    }

    /// <summary><c>getTensorIOMode</c>.</summary>
    public TrtTensorIOMode GetTensorIOMode(TrtName name) => (TrtTensorIOMode)Ask(_calls.GetTensorIOMode, name);

    /// <summary><c>getTensorDataType</c>.</summary>
    public TrtDataType GetTensorDataType(TrtName name) => (TrtDataType)Ask(_calls.GetTensorDataType, name);

    /// <summary><c>getTensorLocation</c>.</summary>
    public TrtTensorLocation GetTensorLocation(TrtName name) => (TrtTensorLocation)Ask(_calls.GetTensorLocation, name);

    /// <summary><c>isShapeInferenceIO</c>: the values are needed to find shapes, and are in host memory.</summary>
    public bool IsShapeInferenceIO(TrtName name)
    {
        var answer = _calls.IsShapeInferenceIO(_self, name.Pointer);
        GC.KeepAlive(name);
        return answer != 0;
    }

    /// <summary>
    /// <c>getTensorShape</c>: −1 where a dimension is dynamic. With several profiles the shape of an output may be that of
    /// the first one: what an output really has is asked of a context.
    /// </summary>
    /// <exception cref="TensorRtException">There is no such tensor.</exception>
    public TrtDims GetTensorShape(TrtName name)
    {
        var shape = _calls.GetTensorShape(_self, name.Pointer);
        GC.KeepAlive(name);
        return shape.IsValid ? shape : throw TrtStatus.Failure(this, "ICudaEngine.getTensorShape", $"has none for '{name}'.");
    }

    /// <summary><c>getTensorFormat</c> in a profile.</summary>
    public TrtTensorFormat GetTensorFormat(TrtName name, int profile) =>
        (TrtTensorFormat)Ask(_calls.GetTensorFormatV2, name, profile);

    /// <summary><c>getTensorVectorizedDim</c> in a profile; −1 for none.</summary>
    public int GetTensorVectorizedDim(TrtName name, int profile) => Ask(_calls.GetTensorVectorizedDimV2, name, profile);

    /// <summary><c>getTensorComponentsPerElement</c> in a profile; −1 for a plain layout.</summary>
    public int GetTensorComponentsPerElement(TrtName name, int profile) =>
        Ask(_calls.GetTensorComponentsPerElementV2, name, profile);

    /// <summary><c>getProfileShape</c>: what a profile allows for an input.</summary>
    /// <exception cref="TensorRtException">There is no such profile or input.</exception>
    public TrtDims GetProfileShape(TrtName name, int profile, TrtOptProfileSelector select)
    {
        var shape = _calls.GetProfileShape(_self, name.Pointer, profile, (int)select);
        GC.KeepAlive(name);
        return shape.IsValid
            ? shape
            : throw TrtStatus.Failure(this, "ICudaEngine.getProfileShape", $"has none for '{name}' in profile {profile}.");
    }

    /// <summary>What a profile allows as the values of an input that decides shapes.</summary>
    /// <param name="name">The input.</param>
    /// <param name="profile">The profile's number.</param>
    /// <param name="select">Which of its three.</param>
    /// <param name="count">How many values the input has.</param>
    /// <returns>Empty where the input has no values in the profile.</returns>
    public long[] GetProfileTensorValues(TrtName name, int profile, TrtOptProfileSelector select, int count)
    {
        long[] values = [];
        if (Library.Slots.Has(TrtMethod.CudaEngine_GetProfileTensorValuesV2))
        {
            var found = _calls.GetProfileTensorValuesV2(_self, name.Pointer, profile, (int)select);
            if (found != null) values = new ReadOnlySpan<long>(found, count).ToArray();
        }
        else
        {
            var found = _calls.GetProfileTensorValues(_self, name.Pointer, profile, (int)select);
            if (found != null) values = Array.ConvertAll(new ReadOnlySpan<int>(found, count).ToArray(), value => (long)value);
        }

        GC.KeepAlive(name);
        return values;
    }

    /// <summary>Scratch memory that a context needs for one profile, in bytes.</summary>
    public long GetDeviceMemorySizeForProfile(int profile) =>
        Library.Slots.Has(TrtMethod.CudaEngine_GetDeviceMemorySizeForProfileV2)
            ? _calls.GetDeviceMemorySizeForProfileV2(_self, profile)
            : (long)_calls.GetDeviceMemorySizeForProfile(_self, profile);

    /// <summary><c>createExecutionContext</c>.</summary>
    /// <exception cref="TensorRtException">There is no memory for it, or something else is wrong.</exception>
    public TrtContext CreateExecutionContext(TrtExecutionContextAllocationStrategy strategy) =>
        new(this, Object(_calls.CreateExecutionContext(_self, (int)strategy), "createExecutionContext"));

    /// <summary><c>createEngineInspector</c>.</summary>
    public TrtInspector CreateEngineInspector() =>
        new(this, Object(_calls.CreateEngineInspector(_self), "createEngineInspector"));

    /// <summary><c>createRefitter</c>.</summary>
    public TrtRefitter CreateRefitter() =>
        new(this, Object(_calls.CreateRefitter(_self, Library.Logger.Raw), "createRefitter"));

    /// <summary>
    /// The same for an engine that may not be refittable: <see langword="null"/> then, without a word in the log. An engine
    /// that was built for the weights of its model alone (REFIT_IDENTICAL) is, and <see cref="IsRefittable"/> denies it.
    /// </summary>
    public TrtRefitter? TryCreateRefitter()
    {
        var native = _calls.CreateRefitter(_self, Library.SilentLogger.Raw);
        if (TrtStatus.IsObject(native)) return new(this, native);
        TakeMessages();
        return null;
    }

    /// <summary>The engine's bytes: <c>serialize</c>.</summary>
    public TrtHostMemory Serialize() => new(Library, Object(_calls.Serialize(_self), "serialize"), this);

    /// <summary>The engine's bytes, with or without some parts: <c>serializeWithConfig</c>.</summary>
    public TrtHostMemory Serialize(params ReadOnlySpan<TrtSerializationFlag> flags)
    {
        using var config = new TrtSerializationConfig(
            this, Object(_calls.CreateSerializationConfig(_self), "createSerializationConfig"));
        foreach (var flag in flags) config.SetFlag(flag);
        return new(Library, Object(_calls.SerializeWithConfig(_self, config.Raw), "serializeWithConfig"), this);
    }

    private int Ask(delegate* unmanaged[MemberFunction]<nint, byte*, int> question, TrtName name)
    {
        var answer = question(_self, name.Pointer);
        GC.KeepAlive(name);
        return answer;
    }

    private int Ask(delegate* unmanaged[MemberFunction]<nint, byte*, int, int> question, TrtName name, int profile)
    {
        var answer = question(_self, name.Pointer, profile);
        GC.KeepAlive(name);
        return answer;
    }

    private nint Object(nint native, string method) => TrtStatus.Object(this, native, $"ICudaEngine.{method}");
}
