namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// A native object and its method table. Public objects of libnvinfer hold a pointer to their implementation at byte 8, and
/// calls go through the table of the implementation. Objects of the parser and the plug-in registry have the methods in their
/// own table.
/// </summary>
internal readonly unsafe struct TrtTarget
{
    private readonly void** _entries;
    private readonly TrtSlotTable _slots;

    private TrtTarget(nint self, TrtSlotTable slots)
    {
        This = self;
        _entries = *(void***)self;
        _slots = slots;
    }

    /// <summary>The first argument of every call.</summary>
    public nint This { get; }

    /// <summary>The address of a method.</summary>
    /// <exception cref="TensorRtException">The loaded version does not have the method.</exception>
    public void* this[TrtMethod method] => _entries[_slots.Slot(method)];

    /// <summary>The implementation behind a public object.</summary>
    public static TrtTarget OfImplementation(nint outer, TrtSlotTable slots) => new(((nint*)outer)[1], slots);

    /// <summary>An object with the methods in its own table.</summary>
    public static TrtTarget OfObject(nint self, TrtSlotTable slots) => new(self, slots);
}
