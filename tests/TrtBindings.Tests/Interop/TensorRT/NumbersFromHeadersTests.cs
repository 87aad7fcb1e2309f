using System.Text.RegularExpressions;
using TrtBindings.Interop.TensorRT;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Numbers of enumerations and flags against NVIDIA's own headers, wherever those are beside the repository.</summary>
public sealed partial class NumbersFromHeadersTests : IDisposable
{
    /// <summary>Names that are not NVIDIA's.</summary>
    private static readonly Dictionary<string, string> Aliases = new()
    {
        ["AmpereAndNewer"] = "AMPERE_PLUS", ["Begin"] = "SET", ["Current"] = "CUR",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-headers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("v10.0.0", 10, 0)]
    [InlineData("v10.6.0", 10, 6)]
    [InlineData("v10.8.0", 10, 8)]
    [InlineData("v10.16", 10, 16)]
    [InlineData("v11.0", 11, 0)]
    [InlineData("v11.1", 11, 1)]
    public void Every_number_is_the_one_in_the_headers(string set, int major, int minor)
    {
        var archive = Shared.Require("tensorrt/headers.tar.xz");
        HeaderSlots.Run(_folder, "tar", "-xJf", archive, $"./{set}");
        var headers = Directory.GetFiles(Path.Combine(_folder, set, "include"), "Nv*.h").Select(File.ReadAllText).ToArray();
        var version = new TrtVersion(major, minor, 0);
        Compare<TrtDataType>("DataType", value => (int)value);
        Compare<TrtTensorIOMode>("TensorIOMode", value => (int)value);
        Compare<TrtTensorLocation>("TensorLocation", value => (int)value);
        Compare<TrtTensorFormat>("TensorFormat", value => (int)value);
        Compare<TrtOptProfileSelector>("OptProfileSelector", value => (int)value);
        Compare<TrtMemoryPoolType>("MemoryPoolType", value => (int)value);
        Compare<TrtHardwareCompatibilityLevel>("HardwareCompatibilityLevel", value => (int)value);
        Compare<TrtProfilingVerbosity>("ProfilingVerbosity", value => (int)value);
        Compare<TrtExecutionContextAllocationStrategy>("ExecutionContextAllocationStrategy", value => (int)value);
        Compare<TrtSerializationFlag>("SerializationFlag", value => (int)value);
        Compare<TrtLayerInformationFormat>("LayerInformationFormat", value => (int)value);
        Compare<TrtSeverity>("Severity", value => (int)value);
        if (minor is 16 || major > 10) Compare<TrtSeekOrigin>("SeekPosition", value => (int)value);
        Compare<TrtNetworkFlag>("NetworkDefinitionCreationFlag", value => Number(() => TrtFlagNumbers.Of(value, version)));
        // The other way too: a flag of the header that is not among ours would be one that nobody can set.
        Compare<TrtBuilderFlag>("BuilderFlag", value => Number(() => TrtFlagNumbers.Of(value, version)))
            .ShouldBe(Enumerations(headers, "BuilderFlag").Count);
        foreach (var flag in Enum.GetValues<TrtBuilderFlag>())
            TrtFlagNumbers.Has(flag, version).ShouldBe(Number(() => TrtFlagNumbers.Of(flag, version)) >= 0, flag.ToString());

        int Compare<T>(string name, Func<T, int> number)
            where T : struct, Enum
        {
            var numbers = Enumerations(headers, name);
            var compared = 0;
            foreach (var value in Enum.GetValues<T>())
            {
                var member = Aliases.GetValueOrDefault(value.ToString(), value.ToString());
                // Newer members are not in an older header; what an older one has never moves within a major.
                if (!numbers.TryGetValue(Plain(member), out var expected)) continue;
                number(value).ShouldBe(expected, $"{name}.{member}");
                compared++;
            }

            compared.ShouldBeGreaterThan(0, name);
            return compared;
        }
    }

    private static int Number(Func<int> number)
    {
        try
        {
            return number();
        }
        catch (TensorRtException)
        {
            return -1;
        }
    }

    private static Dictionary<string, int> Enumerations(string[] headers, string name) => headers
        .SelectMany(header => Enumeration().Matches(header)).Where(match => match.Groups["name"].Value == name)
        .SelectMany(match => Member().Matches(match.Groups["body"].Value))
        .ToDictionary(member => Plain(member.Groups["name"].Value), member => int.Parse(member.Groups["number"].Value));

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    [GeneratedRegex(@"enum class (?<name>\w+)\s*:\s*u?int32_t\s*\{(?<body>.*?)\};", RegexOptions.Singleline)]
    private static partial Regex Enumeration();

    [GeneratedRegex(@"^\s*k(?<name>\w+)(?:\s+[A-Z_]+)?\s*=\s*(?<number>\d+)", RegexOptions.Multiline)]
    private static partial Regex Member();
}
