namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// The virtual methods that this library calls. A name is the class of the slot table without its first letter, an
/// underscore, and the method with a capital; <c>Delete</c> is the deleting destructor. So the table finds a member by its
/// name alone.
/// </summary>
internal enum TrtMethod
{
    // INoCopy.
    NoCopy_Delete,

    // IRuntime.
    Runtime_DeserializeCudaEngine,
    Runtime_DeserializeCudaEngineV2,
    Runtime_GetNbDLACores,
    Runtime_SetGpuAllocator,
    Runtime_SetErrorRecorder,
    Runtime_SetMaxThreads,
    Runtime_GetMaxThreads,
    Runtime_SetTemporaryDirectory,
    Runtime_GetPluginRegistry,
    Runtime_SetEngineHostCodeAllowed,
    Runtime_GetEngineHostCodeAllowed,

    // ICudaEngine.
    CudaEngine_GetNbLayers,
    CudaEngine_Serialize,
    CudaEngine_CreateExecutionContext,
    CudaEngine_GetDeviceMemorySize,
    CudaEngine_GetDeviceMemorySizeV2,
    CudaEngine_GetDeviceMemorySizeForProfile,
    CudaEngine_GetDeviceMemorySizeForProfileV2,
    CudaEngine_IsRefittable,
    CudaEngine_GetName,
    CudaEngine_GetNbOptimizationProfiles,
    CudaEngine_SetErrorRecorder,
    CudaEngine_CreateEngineInspector,
    CudaEngine_GetTensorShape,
    CudaEngine_GetTensorDataType,
    CudaEngine_GetTensorLocation,
    CudaEngine_IsShapeInferenceIO,
    CudaEngine_GetTensorIOMode,
    CudaEngine_GetTensorComponentsPerElementV2,
    CudaEngine_GetTensorFormatV2,
    CudaEngine_GetTensorVectorizedDimV2,
    CudaEngine_GetProfileShape,
    CudaEngine_GetProfileTensorValues,
    CudaEngine_GetProfileTensorValuesV2,
    CudaEngine_GetNbIOTensors,
    CudaEngine_GetIOTensorName,
    CudaEngine_GetHardwareCompatibilityLevel,
    CudaEngine_CreateSerializationConfig,
    CudaEngine_SerializeWithConfig,
    CudaEngine_CreateRefitter,
    CudaEngine_GetStreamableWeightsSize,

    // IExecutionContext.
    ExecutionContext_SetProfiler,
    ExecutionContext_SetName,
    ExecutionContext_GetOptimizationProfile,
    ExecutionContext_AllInputDimensionsSpecified,
    ExecutionContext_SetErrorRecorder,
    ExecutionContext_SetOptimizationProfileAsync,
    ExecutionContext_SetEnqueueEmitsProfile,
    ExecutionContext_ReportToProfiler,
    ExecutionContext_SetInputShape,
    ExecutionContext_GetTensorShape,
    ExecutionContext_SetTensorAddress,
    ExecutionContext_GetTensorAddress,
    ExecutionContext_InferShapes,
    ExecutionContext_SetOutputAllocator,
    ExecutionContext_GetMaxOutputSize,
    ExecutionContext_EnqueueV3,
    ExecutionContext_SetDeviceMemoryV2,

    // IBuilder.
    Builder_SetGpuAllocator,
    Builder_CreateBuilderConfig,
    Builder_CreateNetworkV2,
    Builder_CreateOptimizationProfile,
    Builder_SetErrorRecorder,
    Builder_BuildSerializedNetwork,
    Builder_IsNetworkSupported,
    Builder_SetMaxThreads,
    Builder_GetMaxThreads,

    // IBuilderConfig.
    BuilderConfig_SetInt8Calibrator,
    BuilderConfig_GetFlags,
    BuilderConfig_ClearFlag,
    BuilderConfig_SetFlag,
    BuilderConfig_GetFlag,
    BuilderConfig_AddOptimizationProfile,
    BuilderConfig_GetNbOptimizationProfiles,
    BuilderConfig_SetProfilingVerbosity,
    BuilderConfig_SetCalibrationProfile,
    BuilderConfig_CreateTimingCache,
    BuilderConfig_SetTimingCache,
    BuilderConfig_SetMemoryPoolLimit,
    BuilderConfig_GetMemoryPoolLimit,
    BuilderConfig_SetBuilderOptimizationLevel,
    BuilderConfig_GetBuilderOptimizationLevel,
    BuilderConfig_SetHardwareCompatibilityLevel,
    BuilderConfig_SetPluginsToSerialize,
    BuilderConfig_SetMaxAuxStreams,
    BuilderConfig_SetProgressMonitor,

    // INetworkDefinition.
    NetworkDefinition_AddInput,
    NetworkDefinition_MarkOutput,
    NetworkDefinition_GetNbLayers,
    NetworkDefinition_GetLayer,
    NetworkDefinition_GetNbInputs,
    NetworkDefinition_GetInput,
    NetworkDefinition_GetNbOutputs,
    NetworkDefinition_GetOutput,
    NetworkDefinition_UnmarkOutput,
    NetworkDefinition_SetName,
    NetworkDefinition_GetName,
    NetworkDefinition_SetErrorRecorder,
    NetworkDefinition_GetFlags,

    // IOptimizationProfile.
    OptimizationProfile_SetDimensions,
    OptimizationProfile_GetDimensions,
    OptimizationProfile_SetShapeValues,
    OptimizationProfile_SetShapeValuesV2,
    OptimizationProfile_SetExtraMemoryTarget,
    OptimizationProfile_GetExtraMemoryTarget,
    OptimizationProfile_IsValid,

    // IHostMemory.
    HostMemory_Data,
    HostMemory_Size,
    HostMemory_Type,

    // ITensor.
    Tensor_SetName,
    Tensor_GetName,
    Tensor_SetDimensions,
    Tensor_GetDimensions,
    Tensor_SetType,
    Tensor_GetType,
    Tensor_SetDynamicRange,
    Tensor_IsNetworkInput,
    Tensor_IsNetworkOutput,
    Tensor_GetLocation,
    Tensor_SetAllowedFormats,
    Tensor_IsShapeTensor,
    Tensor_SetDimensionName,
    Tensor_GetDimensionName,

    // ITimingCache.
    TimingCache_Serialize,
    TimingCache_Combine,
    TimingCache_Reset,

    // IRefitter.
    Refitter_RefitCudaEngine,
    Refitter_SetErrorRecorder,
    Refitter_SetNamedWeights,
    Refitter_GetMissingWeights,
    Refitter_GetAllWeights,
    Refitter_SetMaxThreads,
    Refitter_GetWeightsPrototype,
    Refitter_SetWeightsValidation,

    // IEngineInspector.
    EngineInspector_SetExecutionContext,
    EngineInspector_GetEngineInformation,
    EngineInspector_SetErrorRecorder,

    // ISerializationConfig.
    SerializationConfig_SetFlag,

    // ILayer.
    Layer_GetName,
    Layer_GetNbInputs,
    Layer_GetInput,
    Layer_GetNbOutputs,
    Layer_GetOutput,

    // IParser.
    Parser_Parse,
    Parser_ParseFromFile,
    Parser_GetNbErrors,
    Parser_GetError,
    Parser_ClearErrors,
    Parser_GetUsedVCPluginLibraries,
    Parser_ClearFlag,
    Parser_SetFlag,
    Parser_SupportsModelV2,
    Parser_Delete,

    // IParserError.
    ParserError_Code,
    ParserError_Desc,
    ParserError_Node,
    ParserError_NodeName,
    ParserError_NodeOperator,

    // IParserRefitter.
    ParserRefitter_RefitFromBytes,
    ParserRefitter_RefitFromFile,
    ParserRefitter_GetNbErrors,
    ParserRefitter_GetError,
    ParserRefitter_ClearErrors,
    ParserRefitter_Delete,

    // IPluginRegistry.
    PluginRegistry_LoadLibrary,
}
