namespace TrtBindings;

/// <summary>The kind of memory that holds the elements of a tensor.</summary>
public enum TensorPlacement
{
    /// <summary>Host memory, which views can read and write. A backend on a GPU copies the elements in each run.</summary>
    Host,

    /// <summary>Device memory. A run reads or writes the elements there and copies nothing.</summary>
    Device,
}
