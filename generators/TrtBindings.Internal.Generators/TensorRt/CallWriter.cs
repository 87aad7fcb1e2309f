using TrtBindings.Internal.Generators.TensorRt.Data;

namespace TrtBindings.Internal.Generators.TensorRt;

/// <summary>Writes the enum of the methods that TrtBindings calls, and the typed function pointers.</summary>
internal static class CallWriter
{
    /// <summary>Members that every C# type has already.</summary>
    private static readonly string[] Hiding = ["GetType", "ToString", "Equals", "GetHashCode"];

    /// <summary>One file for the enum and one for each class.</summary>
    public static IEnumerable<(string Name, string Source)> Write(TensorRtData data)
    {
        var source = new SourceWriter(GeneratedNames.Raw).Add("""

            /// <summary>The virtual methods that this library calls: class, underscore, method.</summary>
            internal enum TrtMethod
            {
            """);
        foreach (var (table, methods) in data.Methods.Called)
            foreach (var method in methods)
                source.Add($"""
                        /// <summary><c>{SourceWriter.Escape(method.Signature)}</c> of <c>{table.Name}</c>.</summary>
                        {GeneratedNames.Of(table, method)},
                    """);
        yield return ("TrtMethod", source.Add("}").ToString());

        foreach (var (table, methods) in data.Methods.Called)
        {
            var name = $"Trt{GeneratedNames.Of(table)}Calls";
            source = new SourceWriter(GeneratedNames.Raw).Add($$"""

                /// <summary>
                /// The methods of <see href="{{TensorRtData.PageOf(table.CppName)}}">{{table.CppName}}</see>
                /// that this library calls, as function pointers. Their first argument is the object.
                /// </summary>
                internal readonly unsafe struct {{name}}(TrtTarget target)
                {
                """);
            foreach (var method in methods)
            {
                var (type, member) = (data.FunctionType(method), GeneratedNames.Of(method));
                source.Add($"""
                        /// <summary><c>{SourceWriter.Escape(method.Signature)}</c></summary>
                        public {(Hiding.Contains(member) ? "new " : "")}{type} {member} =>
                            ({type})target[TrtMethod.{GeneratedNames.Of(table, method)}];
                    """);
            }

            yield return (name, source.Add("}").ToString());
        }
    }
}
