namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>
/// Raw layer: the entries of ONNX Runtime's function table that this library calls, by index. The table only ever grows
/// at its end, so an index holds for every version that has the function. Pointers to native objects are
/// <see cref="nint"/>; a function that returns <see cref="nint"/> returns a status, 0 for success. The platform's
/// default calling convention is the one that the library is built with (stdcall and cdecl are one on 64-bit Windows).
/// </summary>
internal readonly unsafe struct OrtApiTable(nint table)
{
    /// <summary>The oldest version whose table reaches to the last index used here.</summary>
    public const int OldestMinor = 15;

    /// <summary>The newest version whose table was checked; newer libraries are asked for this one.</summary>
    public const int NewestMinor = 30;

    private readonly void** _entries = (void**)table;

    // Status.
    public delegate* unmanaged<nint, int> GetErrorCode => (delegate* unmanaged<nint, int>)_entries[1];
    public delegate* unmanaged<nint, byte*> GetErrorMessage => (delegate* unmanaged<nint, byte*>)_entries[2];
    public delegate* unmanaged<nint, void> ReleaseStatus => (delegate* unmanaged<nint, void>)_entries[93];

    // Environment.
    public delegate* unmanaged<delegate* unmanaged<nint, int, byte*, byte*, byte*, byte*, void>, nint, int, byte*, nint*,
        nint> CreateEnvWithCustomLogger =>
        (delegate* unmanaged<delegate* unmanaged<nint, int, byte*, byte*, byte*, byte*, void>, nint, int, byte*, nint*,
            nint>)_entries[4];
    public delegate* unmanaged<nint, nint> DisableTelemetryEvents => (delegate* unmanaged<nint, nint>)_entries[6];
    public delegate* unmanaged<nint, void> ReleaseEnv => (delegate* unmanaged<nint, void>)_entries[92];

    // Session options.
    public delegate* unmanaged<nint*, nint> CreateSessionOptions => (delegate* unmanaged<nint*, nint>)_entries[10];
    public delegate* unmanaged<nint, int, nint> SetSessionExecutionMode =>
        (delegate* unmanaged<nint, int, nint>)_entries[13];
    public delegate* unmanaged<nint, int, nint> SetSessionGraphOptimizationLevel =>
        (delegate* unmanaged<nint, int, nint>)_entries[23];
    public delegate* unmanaged<nint, int, nint> SetIntraOpNumThreads => (delegate* unmanaged<nint, int, nint>)_entries[24];
    public delegate* unmanaged<nint, int, nint> SetInterOpNumThreads => (delegate* unmanaged<nint, int, nint>)_entries[25];
    public delegate* unmanaged<nint, void> ReleaseSessionOptions => (delegate* unmanaged<nint, void>)_entries[100];

    // The CUDA provider: its options are made, filled and given to a session's options. Keys and values are UTF-8.
    public delegate* unmanaged<nint, nint, nint> SessionOptionsAppendExecutionProviderCudaV2 =>
        (delegate* unmanaged<nint, nint, nint>)_entries[204];
    public delegate* unmanaged<nint*, nint> CreateCudaProviderOptions => (delegate* unmanaged<nint*, nint>)_entries[205];
    public delegate* unmanaged<nint, byte**, byte**, nuint, nint> UpdateCudaProviderOptions =>
        (delegate* unmanaged<nint, byte**, byte**, nuint, nint>)_entries[206];
    public delegate* unmanaged<nint, void> ReleaseCudaProviderOptions => (delegate* unmanaged<nint, void>)_entries[208];

    // Session. A path is UTF-16 on Windows and UTF-8 elsewhere.
    public delegate* unmanaged<nint, void*, nint, nint*, nint> CreateSession =>
        (delegate* unmanaged<nint, void*, nint, nint*, nint>)_entries[7];
    public delegate* unmanaged<nint, void*, nuint, nint, nint*, nint> CreateSessionFromArray =>
        (delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)_entries[8];
    public delegate* unmanaged<nint, void> ReleaseSession => (delegate* unmanaged<nint, void>)_entries[95];

    // Runs.
    public delegate* unmanaged<nint*, nint> CreateRunOptions => (delegate* unmanaged<nint*, nint>)_entries[39];
    public delegate* unmanaged<nint, nint> RunOptionsSetTerminate => (delegate* unmanaged<nint, nint>)_entries[46];
    public delegate* unmanaged<nint, nint> RunOptionsUnsetTerminate => (delegate* unmanaged<nint, nint>)_entries[47];
    public delegate* unmanaged<nint, void> ReleaseRunOptions => (delegate* unmanaged<nint, void>)_entries[97];
    public delegate* unmanaged<nint, nint, nint, nint> RunWithBinding =>
        (delegate* unmanaged<nint, nint, nint, nint>)_entries[133];

    // Bindings.
    public delegate* unmanaged<nint, nint*, nint> CreateIoBinding => (delegate* unmanaged<nint, nint*, nint>)_entries[134];
    public delegate* unmanaged<nint, void> ReleaseIoBinding => (delegate* unmanaged<nint, void>)_entries[135];
    public delegate* unmanaged<nint, byte*, nint, nint> BindInput =>
        (delegate* unmanaged<nint, byte*, nint, nint>)_entries[136];
    public delegate* unmanaged<nint, byte*, nint, nint> BindOutput =>
        (delegate* unmanaged<nint, byte*, nint, nint>)_entries[137];
    public delegate* unmanaged<nint, byte*, nint, nint> BindOutputToDevice =>
        (delegate* unmanaged<nint, byte*, nint, nint>)_entries[138];
    public delegate* unmanaged<nint, nint, nint**, nuint*, nint> GetBoundOutputValues =>
        (delegate* unmanaged<nint, nint, nint**, nuint*, nint>)_entries[140];

    // Values.
    public delegate* unmanaged<nint, long*, nuint, int, nint*, nint> CreateTensorAsOrtValue =>
        (delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)_entries[48];
    public delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithDataAsOrtValue =>
        (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)_entries[49];
    public delegate* unmanaged<nint, void**, nint> GetTensorMutableData =>
        (delegate* unmanaged<nint, void**, nint>)_entries[51];
    public delegate* unmanaged<nint, nuint*, nint> GetStringTensorDataLength =>
        (delegate* unmanaged<nint, nuint*, nint>)_entries[53];
    public delegate* unmanaged<nint, void*, nuint, nuint*, nuint, nint> GetStringTensorContent =>
        (delegate* unmanaged<nint, void*, nuint, nuint*, nuint, nint>)_entries[54];
    public delegate* unmanaged<nint, int*, nint> GetTensorElementType => (delegate* unmanaged<nint, int*, nint>)_entries[60];
    public delegate* unmanaged<nint, nuint*, nint> GetDimensionsCount =>
        (delegate* unmanaged<nint, nuint*, nint>)_entries[61];
    public delegate* unmanaged<nint, long*, nuint, nint> GetDimensions =>
        (delegate* unmanaged<nint, long*, nuint, nint>)_entries[62];
    public delegate* unmanaged<nint, nint*, nint> GetTensorTypeAndShape =>
        (delegate* unmanaged<nint, nint*, nint>)_entries[65];
    public delegate* unmanaged<nint, void> ReleaseValue => (delegate* unmanaged<nint, void>)_entries[96];
    public delegate* unmanaged<nint, void> ReleaseTensorTypeAndShapeInfo => (delegate* unmanaged<nint, void>)_entries[99];
    public delegate* unmanaged<nint, nuint, nuint, byte**, nint> GetResizedStringTensorElementBuffer =>
        (delegate* unmanaged<nint, nuint, nuint, byte**, nint>)_entries[252];

    // Memory.
    public delegate* unmanaged<byte*, int, int, int, nint*, nint> CreateMemoryInfo =>
        (delegate* unmanaged<byte*, int, int, int, nint*, nint>)_entries[68];
    public delegate* unmanaged<int, int, nint*, nint> CreateCpuMemoryInfo =>
        (delegate* unmanaged<int, int, nint*, nint>)_entries[69];
    public delegate* unmanaged<nint, void> ReleaseMemoryInfo => (delegate* unmanaged<nint, void>)_entries[94];
    public delegate* unmanaged<nint, void*, nint> AllocatorFree => (delegate* unmanaged<nint, void*, nint>)_entries[76];
    public delegate* unmanaged<nint*, nint> GetAllocatorWithDefaultOptions =>
        (delegate* unmanaged<nint*, nint>)_entries[78];
}
