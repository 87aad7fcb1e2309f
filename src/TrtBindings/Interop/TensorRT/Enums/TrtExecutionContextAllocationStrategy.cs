namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>ExecutionContextAllocationStrategy</c>: who gives a context its scratch memory.</summary>
internal enum TrtExecutionContextAllocationStrategy
{
    Static = 0,
    OnProfileChange = 1,
    UserManaged = 2,
}
