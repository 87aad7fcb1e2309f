namespace TrtBindings.Vision.Gpu;

/// <summary>
/// Makes several <see cref="GpuRoom"/>s larger, all or none: after an error all memory is where it was, because recordings use
/// it.
/// </summary>
internal sealed class GpuGrowth
{
    private readonly List<GpuRoom> _rooms = [];

    /// <summary>Wants a room to have so many bytes.</summary>
    /// <exception cref="DeviceMemoryException">There is too little free. <see cref="Discard"/> must follow.</exception>
    public void Add(GpuRoom room, nint bytes)
    {
        if (room.Prepare(bytes)) _rooms.Add(room);
    }

    /// <summary>Gives all rooms their memory, whose content is undefined.</summary>
    /// <returns>True if an address changed.</returns>
    public bool Commit()
    {
        var changed = _rooms.Count > 0;
        foreach (var room in _rooms) room.Commit();
        _rooms.Clear();
        return changed;
    }

    /// <summary>Takes back what was not given; nothing after <see cref="Commit"/>.</summary>
    public void Discard()
    {
        foreach (var room in _rooms) room.Discard();
        _rooms.Clear();
    }
}
