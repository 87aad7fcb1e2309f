namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// A native object with the table that its methods are called through. Public objects of libnvinfer hold their implementation at
/// byte 8, and only that one's table is called; objects of the parser have their methods in their own.
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

    /// <summary>What a method gets as its first argument.</summary>
    public nint This { get; }

    /// <summary>The address of a method.</summary>
    /// <exception cref="TensorRtException">The loaded version does not have it.</exception>
    public void* this[TrtMethod method] => _entries[_slots.Slot(method)];

    /// <summary>The implementation behind a public object.</summary>
    public static TrtTarget OfImplementation(nint outer, TrtSlotTable slots) => new(((nint*)outer)[1], slots);

    /// <summary>An object whose methods are in its own table.</summary>
    public static TrtTarget OfObject(nint self, TrtSlotTable slots) => new(self, slots);
}
