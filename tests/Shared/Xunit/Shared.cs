namespace TrtBindings.TestSupport;

/// <summary>For tests marked <c>[SkippableFact]</c> or <c>[SkippableTheory]</c>; needs xunit.</summary>
public static class Shared
{
    /// <summary>
    /// Returns the path of a file or folder in the shared folder. Skips the test, and names what is missing, if it is not there.
    /// </summary>
    public static string Require(string relativePath)
    {
        var path = TestPaths.FindShared(relativePath);
        Skip.If(path is null, $"../shared/{relativePath} is not there.");
        return path!;
    }
}
