using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>
/// Slots and signatures of all virtual methods in NVIDIA's headers, in the words of methods.txt, and the numbers of all enums.
/// They are read from the debug information that g++ writes.
/// </summary>
internal sealed partial class HeaderSlots
{
    private const string Source = """
        #include "NvInfer.h"
        #include "NvInferRuntime.h"
        #if __has_include("NvOnnxParser.h")
        #include "NvOnnxParser.h"
        #endif
        """;

    /// <summary>The headers use two types of CUDA, and only as pointers.</summary>
    private const string CudaHeader = """
        #pragma once
        struct CUstream_st; struct CUevent_st; typedef CUstream_st* cudaStream_t; typedef CUevent_st* cudaEvent_t;
        """;

    private static readonly Dictionary<string, string> Words = new()
    {
        ["int"] = "int32", ["unsigned int"] = "uint32", ["long int"] = "int64", ["long unsigned int"] = "uint64",
        ["unsigned char"] = "uint8", ["size_t"] = "size", ["uint64_t"] = "uint64", ["cudaStream_t"] = "stream",
        ["cudaEvent_t"] = "event", ["Dims64"] = "Dims",
    };

    private readonly Dictionary<string, Entry> _byOffset = [];
    private readonly Dictionary<string, Entry> _classes = [];

    /// <summary>Compiles the headers of one version; skips the test where a tool is missing.</summary>
    public static HeaderSlots Of(string include, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "slots.cpp"), Source);
        File.WriteAllText(Path.Combine(folder, "cuda_runtime_api.h"), CudaHeader);
        Run(folder, "g++", "-std=c++17", "-w", "-g", "-gdwarf-5", "-femit-class-debug-always",
            "-fno-eliminate-unused-debug-types",
            "-c", "-I", folder, "-I", include, "-o", "slots.o", "slots.cpp");
        var slots = new HeaderSlots();
        slots.Read(Run(folder, "readelf", "--debug-dump=info", "slots.o"));
        return slots;
    }

    /// <summary>
    /// Every entry of a class's table but destructors, by slot, with its signature; <see langword="null"/> for an unknown class.
    /// </summary>
    public (int Slot, string Signature)[]? Of(string type)
    {
        if (!_classes.TryGetValue(type, out var found)) return null;
        var entries = new SortedDictionary<int, string>();
        Collect(found, entries);
        return [.. entries.Select(entry => (entry.Key, entry.Value))];
    }

    /// <summary>The members of an enum with their numbers; empty for an unknown one.</summary>
    /// <param name="cppName">The name with its namespace.</param>
    public IReadOnlyList<(string Name, int Number)> EnumOf(string cppName) =>
        [.. from entry in _byOffset.Values
            where entry.Tag == "enumeration_type" && entry.Children.Count > 0 && Plain(entry.FullName) == Plain(cppName)
            from member in entry.Children
            select (member.Name, int.Parse(member.Attributes["const_value"].Split(' ')[0]))];

    /// <summary>Some minors put a class into a namespace for its version, and others do not.</summary>
    private static string Plain(string cppName) => cppName.Replace("v_1_0::", "", StringComparison.Ordinal);

    /// <summary>Runs a tool and returns its output; skips the test where the tool is missing.</summary>
    public static string Run(string folder, string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Skip.If(true, $"There is no {tool} on this machine.");
        }

        using (process)
        {
            var errors = process!.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0, errors.Result);
            return output;
        }
    }

    private void Collect(Entry type, SortedDictionary<int, string> entries)
    {
        foreach (var parent in type.Children.Where(child => child.Tag == "inheritance"))
            if (TypeOf(parent) is { } found) Collect(found, entries);
        foreach (var method in type.Children.Where(child => child.Tag == "subprogram" && !child.Name.StartsWith('~')))
        {
            if (!method.Attributes.TryGetValue("vtable_elem_location", out var location)) continue;
            var parameters = method.Children
                .Where(child => child.Tag == "formal_parameter" && !child.Attributes.ContainsKey("artificial"))
                .Select(child => Word(TypeOf(child)));
            entries[int.Parse(SlotNumber().Match(location).Groups["slot"].Value)] =
                $"{Word(TypeOf(method))} {method.Name}({string.Join(", ", parameters)})";
        }
    }

    private Entry? TypeOf(Entry? entry) =>
        entry?.Attributes.GetValueOrDefault("type") is { } type
            ? _byOffset.GetValueOrDefault(type.TrimStart('<').TrimEnd('>')["0x".Length..])
            : null;

    /// <summary>A type in the words of methods.txt.</summary>
    private string Word(Entry? type)
    {
        switch (type?.Tag)
        {
            case null:
                return "void";
            case "const_type":
                return Word(TypeOf(type));
            case "typedef":
                if (Words.TryGetValue(type.Name, out var known)) return known;
                var target = Word(TypeOf(type));
                return target.Contains('<') ? type.Name.Replace("_t", "", StringComparison.Ordinal) : target;
            case "pointer_type" or "reference_type":
                var pointed = TypeOf(type);
                var word = Word(pointed);
                while (pointed?.Tag is "const_type" or "typedef") pointed = TypeOf(pointed);
                return word switch
                {
                    "void" => "data",
                    "char" => "text",
                    _ when pointed?.Tag is "class_type" or "structure_type" && ObjectName().IsMatch(word) => word,
                    _ => word + "*",
                };
            // Two enums have this name.
            case "enumeration_type" when type.FullName == "nvonnxparser::ErrorCode":
                return "ParserErrorCode";
            default:
                return Words.GetValueOrDefault(type.Name, type.Name);
        }
    }

    /// <summary>Entries are nested by depth; attributes follow on lines of their own.</summary>
    private void Read(string dump)
    {
        var open = new Dictionary<int, Entry>();
        Entry? entry = null;
        foreach (var line in dump.Split('\n'))
        {
            if (EntryLine().Match(line) is { Success: true } start)
            {
                var depth = int.Parse(start.Groups["depth"].Value, System.Globalization.NumberStyles.HexNumber);
                entry = new(start.Groups["tag"].Value, open.GetValueOrDefault(depth - 1));
                entry.Parent?.Children.Add(entry);
                _byOffset[start.Groups["offset"].Value] = open[depth] = entry;
            }
            else if (entry is not null && AttributeLine().Match(line) is { Success: true } attribute)
            {
                var value = attribute.Groups["value"].Value.Trim();
                if (value.StartsWith("(indirect", StringComparison.Ordinal)) value = value[(value.IndexOf("): ") + 3)..];
                entry.Attributes[attribute.Groups["name"].Value] = value;
                if (attribute.Groups["name"].Value == "name" && entry.Tag is "class_type" or "structure_type")
                    _classes.TryAdd(value, entry);
            }
        }
    }

    [GeneratedRegex(@"^\s*<(?<depth>[0-9a-f]+)><(?<offset>[0-9a-f]+)>: Abbrev Number: \d+ \(DW_TAG_(?<tag>\w+)\)")]
    private static partial Regex EntryLine();

    [GeneratedRegex(@"^\s*<[0-9a-f]+>\s+DW_AT_(?<name>\w+)\s*: (?<value>.*)$")]
    private static partial Regex AttributeLine();

    [GeneratedRegex(@"DW_OP_const\w*: (?<slot>\d+)\)")]
    private static partial Regex SlotNumber();

    [GeneratedRegex(@"^I[A-Z]\w*$")]
    private static partial Regex ObjectName();

    private sealed class Entry(string tag, Entry? parent)
    {
        public string Tag => tag;

        public Entry? Parent => parent;

        public List<Entry> Children { get; } = [];

        public Dictionary<string, string> Attributes { get; } = [];

        public string Name => Attributes.GetValueOrDefault("name", "");

        /// <summary>The name with namespaces and classes around it.</summary>
        public string FullName => parent is null or { Tag: "compile_unit" } ? Name : $"{parent.FullName}::{Name}";
    }
}
