using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The slots that g++ gives the virtual methods of NVIDIA's headers, read out of its debug information.</summary>
internal sealed partial class HeaderSlots
{
    private const string Source = """
        #include "NvInfer.h"
        #include "NvInferRuntime.h"
        #if __has_include("NvOnnxParser.h")
        #include "NvOnnxParser.h"
        #endif
        """;

    /// <summary>The headers name two types of CUDA, and only as pointers.</summary>
    private const string CudaHeader = """
        #pragma once
        struct CUstream_st; struct CUevent_st; typedef CUstream_st* cudaStream_t; typedef CUevent_st* cudaEvent_t;
        """;

    private readonly Dictionary<string, DebugClass> _classes = [];
    private readonly Dictionary<string, DebugClass> _byOffset = [];

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
    /// Every entry of a class's table but destructors, with its overload; <see langword="null"/> for an unknown class.
    /// </summary>
    public (int Slot, string Method, string Linkage)[]? Of(string type)
    {
        if (!_classes.TryGetValue(type, out var found)) return null;
        var entries = new SortedDictionary<int, (string Method, string Linkage)>();
        Collect(found, entries);
        return [.. entries.Select(entry => (entry.Key, entry.Value.Method, entry.Value.Linkage))];
    }

    /// <summary>Runs a tool and gives what it wrote; skips the test where the tool is missing.</summary>
    public static string Run(string folder, string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments)
            { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
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

    private void Collect(DebugClass type, SortedDictionary<int, (string Method, string Linkage)> entries)
    {
        foreach (var parent in type.Parents)
            if (_byOffset.TryGetValue(parent, out var found)) Collect(found, entries);
        foreach (var (slot, name, linkage) in type.Methods)
            if (!name.StartsWith('~')) entries[slot] = (name, linkage);
    }

    /// <summary>
    /// Entries are nested by depth: a class, in it its parents and methods, each with attributes on lines of their own.
    /// </summary>
    private void Read(string dump)
    {
        var open = new Dictionary<int, DebugClass?>();
        DebugClass? type = null;
        DebugMethod? method = null;
        var tag = "";
        foreach (var line in dump.Split('\n'))
        {
            if (Entry().Match(line) is { Success: true } entry)
            {
                Close(ref method);
                var depth = int.Parse(entry.Groups["depth"].Value);
                tag = entry.Groups["tag"].Value;
                type = tag is "DW_TAG_class_type" or "DW_TAG_structure_type" ? new() : null;
                open[depth] = type;
                if (type is not null) _byOffset[entry.Groups["offset"].Value] = type;
                var around = open.GetValueOrDefault(depth - 1);
                if (tag == "DW_TAG_subprogram") method = new(around);
                else if (tag == "DW_TAG_inheritance") type = around;
            }
            else if (Attribute().Match(line) is { Success: true } attribute)
            {
                var (name, value) = (attribute.Groups["name"].Value, attribute.Groups["value"].Value.Trim());
                var text = value[(value.LastIndexOf(": ", StringComparison.Ordinal) + 1)..].Trim();
                switch (tag, name)
                {
                    case ("DW_TAG_class_type" or "DW_TAG_structure_type", "DW_AT_name") when type is not null:
                        _classes.TryAdd(text, type);
                        break;
                    case ("DW_TAG_inheritance", "DW_AT_type"):
                        type?.Parents.Add(value.TrimStart('<').TrimEnd('>')["0x".Length..]);
                        break;
                    case ("DW_TAG_subprogram", "DW_AT_name"):
                        method!.Name = text;
                        break;
                    case ("DW_TAG_subprogram", "DW_AT_linkage_name"):
                        method!.Linkage = text;
                        break;
                    case ("DW_TAG_subprogram", "DW_AT_vtable_elem_location"):
                        method!.Slot = int.Parse(SlotNumber().Match(value).Groups["slot"].Value);
                        break;
                }
            }
        }

        Close(ref method);

        static void Close(ref DebugMethod? method)
        {
            if (method is { Slot: >= 0 }) method.Type?.Methods.Add((method.Slot, method.Name, method.Linkage));
            method = null;
        }
    }

    [GeneratedRegex(@"^\s*<(?<depth>[0-9a-f]+)><(?<offset>[0-9a-f]+)>: Abbrev Number: \d+ \((?<tag>\w+)\)")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\s*<[0-9a-f]+>\s+(?<name>DW_AT_\w+)\s*: (?<value>.*)$")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"DW_OP_const\w*: (?<slot>\d+)\)")]
    private static partial Regex SlotNumber();

    private sealed class DebugClass
    {
        public List<string> Parents { get; } = [];

        public List<(int Slot, string Name, string Linkage)> Methods { get; } = [];
    }

    private sealed class DebugMethod(DebugClass? type)
    {
        public DebugClass? Type => type;

        public int Slot { get; set; } = -1;

        public string Name { get; set; } = "";

        public string Linkage { get; set; } = "";
    }
}
