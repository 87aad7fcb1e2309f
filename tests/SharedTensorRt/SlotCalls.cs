using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>
/// Calls methods that the product does not call, on the object behind a public one, by their slot in the data. A bool is the
/// low byte of the result.
/// </summary>
internal static unsafe class SlotCalls
{
    /// <summary>A call with words.</summary>
    public static nint Word(TrtSlotTable slots, string type, nint native, string method, nint first = 0, nint second = 0)
    {
        var (self, entry) = Find(slots, type, native, method);
        return ((delegate* unmanaged[MemberFunction]<nint, nint, nint, nint>)entry)(self, first, second);
    }

    /// <summary>A call that returns a bool.</summary>
    public static bool Bool(TrtSlotTable slots, string type, nint native, string method, nint first = 0, nint second = 0) =>
        (byte)Word(slots, type, native, method, first, second) != 0;

    /// <summary>A call that returns 32 bits.</summary>
    public static int Int(TrtSlotTable slots, string type, nint native, string method, nint first = 0, nint second = 0) =>
        (int)Word(slots, type, native, method, first, second);

    /// <summary>A call that returns a text.</summary>
    public static string Text(TrtSlotTable slots, string type, nint native, string method) =>
        Marshal.PtrToStringUTF8(Word(slots, type, native, method)) ?? "";

    /// <summary>A call that takes a text.</summary>
    public static void SetText(TrtSlotTable slots, string type, nint native, string method, string text)
    {
        var name = new TrtName(text);
        Word(slots, type, native, method, (nint)name.Pointer);
        GC.KeepAlive(name);
    }

    /// <summary>A call that takes one or two floats and returns a bool.</summary>
    public static bool SetFloats(
        TrtSlotTable slots, string type, nint native, string method, float first, float second = 0)
    {
        var (self, entry) = Find(slots, type, native, method);
        return ((delegate* unmanaged[MemberFunction]<nint, float, float, byte>)entry)(self, first, second) != 0;
    }

    /// <summary>A call that returns a float.</summary>
    public static float Float(TrtSlotTable slots, string type, nint native, string method)
    {
        var (self, entry) = Find(slots, type, native, method);
        return ((delegate* unmanaged[MemberFunction]<nint, float>)entry)(self);
    }

    /// <summary>A call with a name and weights by value that returns a bool.</summary>
    public static bool SetWeights(TrtSlotTable slots, string type, nint native, string method, string name, TrtWeights weights)
    {
        var (self, entry) = Find(slots, type, native, method);
        var text = new TrtName(name);
        var answer = ((delegate* unmanaged[MemberFunction]<nint, byte*, TrtWeights, byte>)entry)(self, text.Pointer, weights);
        GC.KeepAlive(text);
        return answer != 0;
    }

    /// <summary>Adds an identity layer whose output is an output of the network with this name.</summary>
    public static void AddIdentityOutput(TrtNetwork network, TrtTensor input, string output)
    {
        var slots = network.Library.Slots;
        var layer = Word(slots, "VNetworkDefinition", network.Raw, "addIdentity", input.Raw);
        if (layer == 0) throw new InvalidOperationException("addIdentity returned null.");
        var tensor = Word(slots, "VLayer", layer, "getOutput", 0);
        SetText(slots, "VTensor", tensor, "setName", output);
        Word(slots, "VNetworkDefinition", network.Raw, "markOutput", tensor);
    }

    private static (nint Self, nint Entry) Find(TrtSlotTable slots, string type, nint native, string method)
    {
        var self = ((nint*)native)[1];
        var slot = slots.SlotOf(type, method);
        return slot >= 0
            ? (self, (*(nint**)self)[slot])
            : throw new InvalidOperationException($"TensorRT {slots.Version} has no {type}.{method}.");
    }
}
