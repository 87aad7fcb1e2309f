using System.Reflection;

namespace TrtBindings.Package.Tests;

/// <summary>
/// The public API of each package is what Approved/ says. Where it is not, the test writes the received file beside the
/// approved one and shows the difference; replace the one by the other if the change is meant, and say so in CHANGELOG.md.
/// </summary>
public sealed class ApprovedApiTests
{
    [Fact]
    public void TrtBindings_shows_what_was_approved() => Matches(typeof(OnnxModel).Assembly);

    [Fact]
    public void Vision_shows_what_was_approved() => Matches(typeof(TrtBindings.Vision.YoloSegEngine).Assembly);

    [Fact]
    public void SkiaSharp_shows_what_was_approved() => Matches(typeof(TrtBindings.Vision.Overlay).Assembly);

    [Fact]
    public void The_listing_tells_apart_what_breaks_a_caller()
    {
        var listing = ApiListing.Of(typeof(ApprovedApiTests).Assembly);
        listing.ShouldContain("sealed class ApprovedApiTests");
        listing.ShouldContain("    void The_listing_tells_apart_what_breaks_a_caller()\n");
        listing.ShouldContain("string Read(string package, string entry)");
        listing.ShouldContain("string[] Entries(string package, string extension = \"nupkg\")");
        listing.ShouldNotContain("FileOf");
    }

    private static void Matches(Assembly assembly)
    {
        var name = assembly.GetName().Name;
        ApiListing.Of(assembly).ShouldMatchApproved(c => c.NoDiff().SubFolder("Approved")
            .WithFilenameGenerator((_, _, type, _) => $"{name}.{type}.txt"));
    }
}
