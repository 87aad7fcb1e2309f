using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>Looks functions up in a loaded driver and remembers the ones that are not there.</summary>
internal sealed class CudaExports(nint module)
{
    private readonly List<string> _missing = [];

    /// <summary>Names that were required and are not exported.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The address of a function that this library cannot do without; 0 after noting that it is missing.</summary>
    public nint Required(string name)
    {
        var address = Optional(name);
        if (address == 0) _missing.Add(name);
        return address;
    }

    /// <summary>The address of a function; 0 where the driver is older than it.</summary>
    public nint Optional(string name) => NativeLibrary.TryGetExport(module, name, out var address) ? address : 0;
}
