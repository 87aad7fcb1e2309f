namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>The list of values that <c>GetBoundOutputValues</c> returns, freed together.</summary>
internal readonly unsafe ref struct OrtOutputValues(OrtLibrary library, nint* values, int count)
{
    public int Count => count;

    /// <summary>A value that belongs to this list.</summary>
    public OrtTensorView this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count);
            return new(library.Api, values[index]);
        }
    }

    public void Dispose()
    {
        for (var i = 0; i < count; i++)
            if (values[i] != 0) library.Api.ReleaseValue(values[i]);
        // Freeing cannot fail; the status is there for allocators of the application.
        var status = values == null ? 0 : library.Api.AllocatorFree(library.Allocator, values);
        if (status != 0) library.Api.ReleaseStatus(status);
    }
}
