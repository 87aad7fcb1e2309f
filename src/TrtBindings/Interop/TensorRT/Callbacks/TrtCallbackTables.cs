using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// The method tables of the classes that this library implements, laid in native memory once per class and layout. They live
/// as long as the process, because TensorRT may look at an object to the last.
/// </summary>
internal static unsafe class TrtCallbackTables
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(string Class, int Major, bool Microsoft), nint> Made = [];

    /// <summary>The table of a class for the loaded version.</summary>
    /// <exception cref="TensorRtException">The loaded version does not have the class.</exception>
    public static nint Get(TrtSlotTable slots, string type, ReadOnlySpan<TrtCallbackMethod> methods)
    {
        if (slots.SlotOf(type, "~delete") < 0)
            throw new TensorRtException(type, slots.Version.ToString(), [], "is not in this version.");
        lock (Gate)
        {
            ref var table = ref CollectionsMarshal.GetValueRefOrAddDefault(
                Made, (type, slots.Version.Major, slots.IsMicrosoft), out var exists);
            if (!exists) table = Lay(slots, type, methods);
            return table;
        }
    }

    private static nint Lay(TrtSlotTable slots, string type, ReadOnlySpan<TrtCallbackMethod> methods)
    {
        var entries = (nint*)NativeMemory.AllocZeroed((nuint)slots.EntriesOf(type), (nuint)sizeof(nint));
        Put(slots, type, entries, "~", (nint)(delegate* unmanaged[MemberFunction]<nint, int, nint>)&Destroy);
        Put(slots, type, entries, "~delete", (nint)(delegate* unmanaged[MemberFunction]<nint, int, nint>)&Destroy);
        Put(slots, type, entries, "getAPILanguage", (nint)(delegate* unmanaged[MemberFunction]<nint, int>)&GetApiLanguage);
        Put(slots, type, entries, "getInterfaceInfo",
            (nint)(delegate* unmanaged[MemberFunction]<nint, TrtInterfaceInfo>)&GetInterfaceInfo);
        foreach (var method in methods) Put(slots, type, entries, method.Name, method.Function);
        for (var i = 0; i < slots.EntriesOf(type); i++)
            if (entries[i] == 0) throw new InvalidOperationException($"{type} has no function for entry {i}.");
        return (nint)entries;
    }

    private static void Put(TrtSlotTable slots, string type, nint* entries, string method, nint function)
    {
        var slot = slots.SlotOf(type, method);
        if (slot >= 0) entries[slot] = function;
    }

    /// <summary>The objects are this library's own: TensorRT's wish to destroy one changes nothing.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint Destroy(nint self, int flags) => self;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int GetApiLanguage(nint self) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static TrtInterfaceInfo GetInterfaceInfo(nint self) => new() { Kind = (byte*)((nint*)self)[2], Major = 1, Minor = 0 };
}
