using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>
/// A native object laid in memory by the test: a public object (its destructor, and its implementation at byte 8), whose
/// implementation has every entry of its class's table. Entries are found in the data files by class and method, not through the
/// generated tables, so that a wrong member of these is found.
/// </summary>
internal sealed unsafe class FakeObject
{
    private readonly TrtSlotTable _slots;
    private readonly string _type;
    private readonly nint* _entries;
    private readonly nint* _outer;

    /// <summary>An object of a class; every entry counts a stray call until a test sets it.</summary>
    public FakeObject(TrtSlotTable slots, string type)
    {
        (_slots, _type) = (slots, type);
        var entries = slots.EntriesOf(type);
        _entries = (nint*)NativeMemory.Alloc((nuint)entries, (nuint)sizeof(nint));
        Clear();
        var destructors = (nint*)NativeMemory.Alloc(2, (nuint)sizeof(nint));
        // Linux has two destructor entries. The first one does not free the memory, so it must not be called.
        destructors[0] = destructors[1] = FakeFunctions.Stray;
        destructors[slots.SlotOf("INoCopy", "~delete")] = Destructor;
        _outer = (nint*)NativeMemory.Alloc(4, (nuint)sizeof(nint));
        _outer[2] = (nint)_entries;
        // Parser classes have their methods and their destructor in their own table.
        (_outer[0], _outer[1]) = type[0] == 'I' ? ((nint)_entries, 0) : ((nint)destructors, (nint)(_outer + 2));
    }

    private static Dictionary<nint, nint> Recorders { get; } = [];

    /// <summary>The destroyed objects in order, with the flags that the destructor got; a test clears it.</summary>
    public static List<(nint Object, int Flags)> Destroyed { get; } = [];

    /// <summary>The class in the data files.</summary>
    public string Type => _type;

    /// <summary>The public object that a factory returns.</summary>
    public nint Address => (nint)_outer;

    /// <summary>The first argument of a method.</summary>
    public nint This => _type[0] == 'I' ? (nint)_outer : (nint)(_outer + 2);

    /// <summary>Puts a function at one method and stray functions at all others.</summary>
    public void SetOnly(string method, nint function)
    {
        Clear();
        Set(method, function);
        FakeFunctions.SlotUnderTest = _slots.SlotOf(_type, method);
    }

    /// <summary>Puts a function at one method.</summary>
    public void Set(string method, nint function)
    {
        var slot = _slots.SlotOf(_type, method);
        slot.ShouldBeGreaterThanOrEqualTo(0, $"{_type}.{method} in {_slots.Version}");
        _entries[slot] = function;
    }

    private void Clear()
    {
        for (var i = 0; i < _slots.EntriesOf(_type); i++) _entries[i] = FakeFunctions.Stray;
        if (_slots.SlotOf(_type, "setErrorRecorder") is >= 0 and var recorder)
            _entries[recorder] = (nint)(delegate* unmanaged[MemberFunction]<nint, nint, void>)&TakeRecorder;
        if (_type[0] == 'I' && _slots.SlotOf(_type, "~delete") is >= 0 and var delete)
            _entries[delete] = Destructor;
    }

    private static nint Destructor => (nint)(delegate* unmanaged[MemberFunction]<nint, int, void>)&Destroy;

    /// <summary>The error recorder that the object got.</summary>
    public nint Recorder => Recorders.GetValueOrDefault(This);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void TakeRecorder(nint self, nint recorder) => Recorders[self] = recorder;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void Destroy(nint self, int flags)
    {
        lock (Destroyed) Destroyed.Add((self, flags));
    }
}
