namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>MemoryPoolType</c>.</summary>
internal enum TrtMemoryPoolType
{
    Workspace = 0,
    DlaManagedSram = 1,
    DlaLocalDram = 2,
    DlaGlobalDram = 3,
    TacticDram = 4,
    TacticSharedMemory = 5,
}
