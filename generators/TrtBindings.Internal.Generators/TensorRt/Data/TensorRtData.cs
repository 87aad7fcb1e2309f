namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>The three data files together.</summary>
internal sealed class TensorRtData(MethodTable methods, List<EnumTable> enums, ReleaseTable releases)
{
    /// <summary>methods.txt.</summary>
    public MethodTable Methods => methods;

    /// <summary>enums.txt.</summary>
    public List<EnumTable> Enums => enums;

    /// <summary>releases.txt.</summary>
    public ReleaseTable Releases => releases;

    /// <summary>The majors of the three files, oldest first.</summary>
    public IEnumerable<int> Majors => methods.Majors;

    /// <summary>
    /// The C# type that a type word of a signature stands for in a function pointer; <see langword="null"/> for a type that
    /// TrtBindings has no form of.
    /// </summary>
    public string? CSharpType(string word) => word switch
    {
        "void" => "void",
        "bool" => "byte",
        "uint8" => "byte",
        "int32" => "int",
        "uint32" => "uint",
        "int64" => "long",
        "uint64" => "ulong",
        "size" => "nuint",
        "float" => "float",
        "text" => "byte*",
        "data" or "stream" or "event" => "nint",
        "Dims" or "Weights" or "InterfaceInfo" => "Trt" + word,
        _ when word.EndsWith("*", StringComparison.Ordinal) =>
            CSharpType(word.Substring(0, word.Length - 1)) is { } pointed ? pointed + "*" : null,
        _ when word.Length > 1 && word[0] == 'I' && char.IsUpper(word[1]) => "nint",
        _ => enums.Find(table => table.Name == word) is { } found ? found.HasOneNumbering ? found.CSharpName : "int" : null,
    };

    /// <summary>The function pointer type of a method, the object first.</summary>
    public string FunctionType(MethodRow method)
    {
        string[] types = method.Name == MethodRow.Destructor
            ? ["nint", "int", "void"]
            : ["nint", .. method.Parameters.Select(word => CSharpType(word)!), CSharpType(method.Results[0])!];
        return $"delegate* unmanaged[MemberFunction]<{string.Join(", ", types)}>";
    }

    /// <summary>NVIDIA's page of a class.</summary>
    public static string PageOf(string cppName) =>
        "https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/class"
        + string.Concat(cppName.Select(letter => letter switch
        {
            ':' => "_1",
            '_' => "__",
            _ when char.IsUpper(letter) => "_" + char.ToLowerInvariant(letter),
            _ => letter.ToString(),
        })) + ".html";

    /// <summary>Finds what is wrong between the files.</summary>
    public void Check(int[] enumMajors, List<TableError> inMethods, List<TableError> inEnums)
    {
        if (!enumMajors.SequenceEqual(methods.Majors)) inEnums.Add(new(0, "enums.txt and methods.txt have different majors."));
        if (!releases.Majors.Select(major => major.Major).OrderBy(major => major).SequenceEqual(methods.Majors))
            inMethods.Add(new(0, "releases.txt and methods.txt have different majors, or methods.txt has not the oldest first."));
        foreach (var (table, method) in Used())
        {
            if (method.Results.Length > 1) Fail("TrtBindings cannot call a method whose result differs.");
            foreach (var word in method.Parameters.Append(method.Results[0]).Where(word => CSharpType(word) is null))
                Fail($"TrtBindings calls it and has no type for '{word}': add an enum, or a case to TensorRtData.CSharpType.");

            void Fail(string message) => inMethods.Add(new(method.Line, $"{table.Name}.{method.Name}: {message}"));
        }
    }

    private IEnumerable<(ClassTable Class, MethodRow Method)> Used() =>
        from table in methods.Classes
        from method in table.Methods
        where table.IsCallback ? table.IsUsed && CallbackMethods.IsOwn(method) : method.IsUsed
        select (table, method);
}

/// <summary>The methods that all classes of callbacks share, and that one hand-written function implements for all.</summary>
internal static class CallbackMethods
{
    /// <summary>The shared entries, in the order in which TrtCallbackTables expects their slots.</summary>
    public static readonly string[] Shared =
        [MethodRow.Destructor, ClassTable.Deleting, "getAPILanguage", "getInterfaceInfo"];

    /// <summary>Whether the class implements the method itself.</summary>
    public static bool IsOwn(MethodRow method) => !Shared.Contains(method.Name);
}
