using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_builder.html">
/// IBuilder</see>.
/// It runs one build at a time.
/// </summary>
internal sealed unsafe class TrtBuilder : TrtHandle
{
    private readonly TrtBuilderCalls _calls;
    private readonly nint _self;

    private TrtBuilder(TrtLibrary library, nint native, CudaContext? cuda)
        : base(library, native, parent: null)
    {
        Cuda = cuda;
        var target = TrtTarget.OfImplementation(native, library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary>
    /// Calls <c>createInferBuilder</c>. A CUDA context must be current: where CUDA cannot be used at all, the real library (10.6)
    /// does not return null but ends the process.
    /// </summary>
    /// <param name="library">The library.</param>
    /// <param name="cuda">
    /// The context that is current now, so that the builder can be disposed of on any thread; <see langword="null"/> to dispose
    /// of it where a context is current.
    /// </param>
    /// <exception cref="TensorRtException">
    /// The library only runs engines, or its builder resource is missing; the messages name the file.
    /// </exception>
    public static TrtBuilder Create(TrtLibrary library, CudaContext? cuda = null)
    {
        TrtLogger.TakeErrors();
        if (!library.HasBuilder)
            throw TrtStatus.Failure(library, "createInferBuilder", $"is not in '{library.Path}', which only runs engines.");
        var native = library.Exports.CreateInferBuilder(library.Logger.Raw, library.Version.Number);
        return TrtStatus.IsObject(native) ? new(library, native, cuda) : throw TrtStatus.Failure(library, "createInferBuilder");
    }

    /// <summary>Calls <c>createNetworkV2</c>.</summary>
    /// <exception cref="TensorRtException">The loaded version does not have a flag, or TensorRT created no network.</exception>
    public TrtNetwork CreateNetworkV2(params ReadOnlySpan<TrtNetworkDefinitionCreationFlag> flags)
    {
        var word = 0u;
        foreach (var flag in flags) word |= 1u << TrtFlagNumbers.Of(flag, Library.Version);
        return new(this, TrtStatus.Object(this, _calls.CreateNetworkV2(_self, word), "IBuilder.createNetworkV2"));
    }

    /// <summary>Calls <c>createBuilderConfig</c>.</summary>
    public TrtBuilderConfig CreateBuilderConfig() =>
        new(this, TrtStatus.Object(this, _calls.CreateBuilderConfig(_self), "IBuilder.createBuilderConfig"));

    /// <summary>Calls <c>createOptimizationProfile</c>.</summary>
    public TrtOptimizationProfile CreateOptimizationProfile() =>
        new(this, TrtStatus.Object(this, _calls.CreateOptimizationProfile(_self), "IBuilder.createOptimizationProfile"));

    /// <summary>
    /// Calls <c>buildSerializedNetwork</c>, which may take minutes. The progress monitor of the configuration can cancel it.
    /// </summary>
    /// <exception cref="TensorRtException">
    /// The build failed or was cancelled. The inner exception is what a callback threw. A missing builder resource is named here
    /// too.
    /// </exception>
    public TrtHostMemory BuildSerializedNetwork(TrtNetwork network, TrtBuilderConfig config)
    {
        const string Function = "IBuilder.buildSerializedNetwork";
        // What is left of an earlier build is not about this one.
        TakeMessages();
        var native = _calls.BuildSerializedNetwork(_self, network.Raw, config.Raw);
        var caught = config.TakeCallbackFailure();
        if (TrtStatus.IsObject(native))
        {
            var plan = new TrtHostMemory(Library, native, this);
            if (caught is null) return plan;
            // A callback failed and TensorRT built all the same, for example without the calibration data.
            plan.Dispose();
        }

        IReadOnlyList<string> said = [.. TakeMessages(), .. network.Recorder?.Take() ?? []];
        throw new TensorRtException(Function, Library.Version.ToString(), said, innerException: caught);
    }
}
