using System.Text.RegularExpressions;

namespace TrtBindings.Tests.Architecture;

/// <summary>
/// Calls that wait for all work of a GPU, or that tie streams to the default stream: they would wait for other libraries, and
/// break captures. They are entry points of the driver, so the analyzer for banned symbols does not see them.
/// </summary>
public sealed partial class DeviceWideWaitTests
{
    [Fact]
    public void Nothing_waits_for_the_whole_device_or_uses_the_default_stream()
    {
        var files = SourceTree.Files("src", "generators").ToArray();
        files.Where(path => Banned().IsMatch(WithoutComments(path))).ShouldBeEmpty();
        files.Count(path => WithoutComments(path).Contains("cuStreamSynchronize")).ShouldBeGreaterThan(0, "the search works");
    }

    [Fact]
    public void The_ban_knows_the_calls()
    {
        string[] calls = ["\"cuCtxSynchronize\"", "cudaDeviceSynchronize()", "Api.CtxSynchronize(", "\"cuStreamCreate\""];
        foreach (var call in calls)
            Banned().IsMatch(call).ShouldBeTrue(call);
        Banned().IsMatch("\"cuStreamCreateWithPriority\"").ShouldBeFalse();
    }

    private static string WithoutComments(string path) => Comment().Replace(SourceTree.Read(path), "");

    [GeneratedRegex(@"CtxSynchronize|DeviceSynchronize|""cuStreamCreate""|""cudaStreamCreate""")]
    private static partial Regex Banned();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
