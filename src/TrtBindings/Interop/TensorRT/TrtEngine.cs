using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_cuda_engine.html">
/// ICudaEngine</see>.
/// Its getters may be called from any thread.
/// </summary>
internal sealed unsafe class TrtEngine : TrtHandle
{
    private readonly TrtCudaEngineCalls _calls;
    private readonly nint _self;

    /// <summary>Takes ownership of a native engine.</summary>
    public TrtEngine(TrtRuntime runtime, nint native)
        : base(runtime.Library, native, runtime)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary>Calls <c>getNbIOTensors</c>.</summary>
    public int NbIOTensors => _calls.GetNbIOTensors(_self);

    /// <summary>Calls <c>getNbOptimizationProfiles</c>.</summary>
    public int NbOptimizationProfiles => _calls.GetNbOptimizationProfiles(_self);

    /// <summary>
    /// Calls <c>isRefittable</c>: the engine takes other weights. False for an engine that was built for the weights of its own
    /// model alone (REFIT_IDENTICAL).
    /// </summary>
    public bool IsRefittable => _calls.IsRefittable(_self) != 0;

    /// <summary>
    /// Calls <c>getDeviceMemorySizeV2</c>, or <c>getDeviceMemorySize</c> where that is missing: the scratch memory in bytes
    /// that a context needs for the largest profile.
    /// </summary>
    public long DeviceMemorySize => Library.Slots.Has(TrtMethod.CudaEngine_GetDeviceMemorySizeV2)
        ? _calls.GetDeviceMemorySizeV2(_self)
        : (long)_calls.GetDeviceMemorySize(_self);

    /// <summary>Calls <c>getIOTensorName</c>.</summary>
    /// <exception cref="TensorRtException">There is no tensor with this index.</exception>
    public string GetIOTensorName(int index)
    {
        var name = (nint)_calls.GetIOTensorName(_self, index);
        return Marshal.PtrToStringUTF8(TrtStatus.NotNull(this, name, "ICudaEngine.getIOTensorName"))!;
    }

    /// <summary>Calls <c>getTensorIOMode</c>.</summary>
    public TrtTensorIOMode GetTensorIOMode(TrtName name) => Keep(_calls.GetTensorIOMode(_self, name.Pointer), name);

    /// <summary>Calls <c>getTensorDataType</c>.</summary>
    public TrtDataType GetTensorDataType(TrtName name) => Keep(_calls.GetTensorDataType(_self, name.Pointer), name);

    /// <summary>Calls <c>getTensorLocation</c>.</summary>
    public TrtTensorLocation GetTensorLocation(TrtName name) => Keep(_calls.GetTensorLocation(_self, name.Pointer), name);

    /// <summary>
    /// Calls <c>isShapeInferenceIO</c>: TensorRT needs the values of the tensor to compute shapes, and they are in host memory.
    /// </summary>
    public bool IsShapeInferenceIO(TrtName name) => Keep(_calls.IsShapeInferenceIO(_self, name.Pointer), name) != 0;

    /// <summary>
    /// Calls <c>getTensorShape</c>; −1 for a dynamic dimension. With several profiles the shape of an output may be that of the
    /// first profile: ask a context for the real one.
    /// </summary>
    /// <exception cref="TensorRtException">There is no such tensor.</exception>
    public TrtDims GetTensorShape(TrtName name)
    {
        var shape = Keep(_calls.GetTensorShape(_self, name.Pointer), name);
        return shape.IsValid ? shape : throw TrtStatus.Failure(this, "ICudaEngine.getTensorShape", $"has none for '{name}'.");
    }

    /// <summary>Calls <c>getTensorFormat</c> for a profile.</summary>
    public TrtTensorFormat GetTensorFormat(TrtName name, int profile) =>
        Keep(_calls.GetTensorFormatV2(_self, name.Pointer, profile), name);

    /// <summary>Calls <c>getProfileShape</c>: one of the three shapes that a profile has for an input.</summary>
    /// <exception cref="TensorRtException">There is no such profile or input.</exception>
    public TrtDims GetProfileShape(TrtName name, int profile, TrtOptProfileSelector select)
    {
        var shape = Keep(_calls.GetProfileShape(_self, name.Pointer, profile, select), name);
        return shape.IsValid
            ? shape
            : throw TrtStatus.Failure(this, "ICudaEngine.getProfileShape", $"has none for '{name}' in profile {profile}.");
    }

    /// <summary>
    /// Calls <c>getProfileTensorValuesV2</c>, or <c>getProfileTensorValues</c> where that is missing: the values that a profile
    /// has for an input that decides shapes.
    /// </summary>
    /// <param name="name">The input.</param>
    /// <param name="profile">The index of the profile.</param>
    /// <param name="select">Minimum, optimum or maximum.</param>
    /// <param name="count">The number of values of the input.</param>
    /// <returns>The values; empty if the profile has none for the input.</returns>
    public long[] GetProfileTensorValues(TrtName name, int profile, TrtOptProfileSelector select, int count)
    {
        long[] values = [];
        if (Library.Slots.Has(TrtMethod.CudaEngine_GetProfileTensorValuesV2))
        {
            var found = _calls.GetProfileTensorValuesV2(_self, name.Pointer, profile, select);
            if (found != null) values = new ReadOnlySpan<long>(found, count).ToArray();
        }
        else
        {
            var found = _calls.GetProfileTensorValues(_self, name.Pointer, profile, select);
            if (found != null) values = Array.ConvertAll(new ReadOnlySpan<int>(found, count).ToArray(), value => (long)value);
        }

        GC.KeepAlive(name);
        return values;
    }

    /// <summary>
    /// Calls <c>getDeviceMemorySizeForProfileV2</c>, or <c>getDeviceMemorySizeForProfile</c> where that is missing: the scratch
    /// memory in bytes that a context needs for one profile.
    /// </summary>
    public long GetDeviceMemorySizeForProfile(int profile) =>
        Library.Slots.Has(TrtMethod.CudaEngine_GetDeviceMemorySizeForProfileV2)
            ? _calls.GetDeviceMemorySizeForProfileV2(_self, profile)
            : (long)_calls.GetDeviceMemorySizeForProfile(_self, profile);

    /// <summary>Calls <c>createExecutionContext</c>.</summary>
    /// <exception cref="TensorRtException">There is not enough memory, or TensorRT reports another error.</exception>
    public TrtContext CreateExecutionContext(TrtExecutionContextAllocationStrategy strategy) =>
        new(this, Object(_calls.CreateExecutionContext(_self, strategy), "createExecutionContext"));

    /// <summary>Calls <c>createEngineInspector</c>.</summary>
    public TrtInspector CreateEngineInspector() =>
        new(this, Object(_calls.CreateEngineInspector(_self), "createEngineInspector"));

    /// <summary>Calls <c>createRefitter</c>.</summary>
    public TrtRefitter CreateRefitter() =>
        new(this, Object(_calls.CreateRefitter(_self, Library.Logger.Raw), "createRefitter"));

    /// <summary>
    /// Calls <c>createRefitter</c> on an engine that may not be refittable. Nothing else tells: <c>isRefittable</c> returns
    /// false for an engine that was built with REFIT_IDENTICAL, and it can be refitted.
    /// </summary>
    /// <returns><see langword="null"/> for an engine that is not refittable; nothing is logged then.</returns>
    public TrtRefitter? TryCreateRefitter()
    {
        var native = _calls.CreateRefitter(_self, Library.SilentLogger.Raw);
        if (TrtStatus.IsObject(native)) return new(this, native);
        TakeMessages();
        return null;
    }

    /// <summary>Calls <c>serialize</c>.</summary>
    public TrtHostMemory Serialize() => new(Library, Object(_calls.Serialize(_self), "serialize"), this);

    /// <summary>Calls <c>serializeWithConfig</c>: the engine without some parts, or with more of them.</summary>
    /// <exception cref="TensorRtException">The engine or the loaded version does not allow a flag.</exception>
    public TrtHostMemory Serialize(params ReadOnlySpan<TrtSerializationFlag> flags)
    {
        using var config = new TrtSerializationConfig(
            this, Object(_calls.CreateSerializationConfig(_self), "createSerializationConfig"));
        foreach (var flag in flags) config.SetFlag(flag);
        return new(Library, Object(_calls.SerializeWithConfig(_self, config.Raw), "serializeWithConfig"), this);
    }

    /// <summary>Keeps the name alive until the call has returned.</summary>
    private static T Keep<T>(T answer, TrtName name)
    {
        GC.KeepAlive(name);
        return answer;
    }

    private nint Object(nint native, string method) => TrtStatus.Object(this, native, $"ICudaEngine.{method}");
}
