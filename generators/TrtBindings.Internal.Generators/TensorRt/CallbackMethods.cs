using TrtBindings.Internal.Generators.TensorRt.Data;

namespace TrtBindings.Internal.Generators.TensorRt;

/// <summary>The methods that all classes of callbacks share, and that one hand-written function implements for all.</summary>
internal static class CallbackMethods
{
    /// <summary>The shared entries, in the order in which TrtCallbackTables expects their slots.</summary>
    public static readonly string[] Shared =
        [MethodRow.Destructor, ClassTable.Deleting, "getAPILanguage", "getInterfaceInfo"];

    /// <summary>Whether the class implements the method itself.</summary>
    public static bool IsOwn(MethodRow method) => !Shared.Contains(method.Name);
}
