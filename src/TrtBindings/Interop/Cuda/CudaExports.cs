using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>Looks up exported functions of the loaded driver and remembers missing ones.</summary>
internal sealed class CudaExports(nint module)
{
    private readonly List<string> _missing = [];

    /// <summary>Names of required functions that are not exported.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The address of a required function; 0 if it is missing, which <see cref="Missing"/> then lists.</summary>
    public nint Required(string name)
    {
        var address = Optional(name);
        if (address == 0) _missing.Add(name);
        return address;
    }

    /// <summary>The address of an optional function; 0 if the driver is too old to export it.</summary>
    public nint Optional(string name) => NativeLibrary.TryGetExport(module, name, out var address) ? address : 0;
}
