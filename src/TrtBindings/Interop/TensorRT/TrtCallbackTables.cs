using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// The method tables of the classes that this library implements, laid in native memory once per class and layout. They are never
/// freed, because TensorRT may look at an object until the process ends. The typed functions, one for each class, are generated.
/// </summary>
internal static unsafe partial class TrtCallbackTables
{
    /// <summary>Where the slots of the methods that all classes share begin in a layout: ~, ~delete, language, info.</summary>
    private const int FirstSlot = 2;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<(string Class, int Major, bool Microsoft), nint> Made = [];

    /// <param name="type">The class, for errors.</param>
    /// <param name="slots">The slots of the loaded version.</param>
    /// <param name="layout">
    /// The first minor with the class, the number of entries, the slots of the shared methods, the slots of the class's own
    /// methods; 255 for a method that is not there. Empty if the major does not have the class.
    /// </param>
    /// <param name="methods">The class's own methods.</param>
    /// <exception cref="TensorRtException">The loaded version does not have the class.</exception>
    private static nint Get(string type, TrtSlotTable slots, ReadOnlySpan<byte> layout, ReadOnlySpan<nint> methods)
    {
        if (layout.IsEmpty || layout[0] > slots.Version.Minor)
            throw new TensorRtException(type, slots.Version.ToString(), [], "is not in this version.");
        lock (Gate)
        {
            ref var table = ref CollectionsMarshal.GetValueRefOrAddDefault(
                Made, (type, slots.Version.Major, slots.IsMicrosoft), out var exists);
            if (!exists)
            {
                var destroy = (nint)(delegate* unmanaged[MemberFunction]<nint, int, nint>)&Destroy;
                table = Lay(layout[1], layout[FirstSlot..],
                [
                    destroy, destroy, (nint)(delegate* unmanaged[MemberFunction]<nint, int>)&GetApiLanguage,
                    (nint)(delegate* unmanaged[MemberFunction]<nint, TrtInterfaceInfo>)&GetInterfaceInfo, .. methods,
                ]);
            }

            return table;
        }
    }

    private static nint Lay(int count, ReadOnlySpan<byte> slots, ReadOnlySpan<nint> methods)
    {
        var entries = (nint*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(nint));
        for (var i = 0; i < slots.Length; i++)
            if (slots[i] != TrtSlots.Absent) entries[slots[i]] = methods[i];
        return (nint)entries;
    }

    /// <summary>TensorRT never destroys these objects: they belong to this library.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint Destroy(nint self, int flags) => self;

    /// <summary>0 stands for C++.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int GetApiLanguage(nint self) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static TrtInterfaceInfo GetInterfaceInfo(nint self) => new() { Kind = (byte*)((nint*)self)[2], Major = 1, Minor = 0 };
}
