using System.Reflection;

namespace TrtBindings.Package.Tests;

/// <summary>
/// PublicAPI.Unshipped.txt of each package lists public types and members, and the build compares it. It does not say what a
/// type derives from, whether it is a struct or sealed, what a type argument must be, and which members are required. Approved/
/// does. Where the two differ, the test writes the received file beside the approved one; replace the one by the other if the
/// change is meant, and say so in CHANGELOG.md.
/// </summary>
public sealed class ApprovedTypesTests
{
    [Fact]
    public void Types_of_TrtBindings_are_what_was_approved() => Matches(typeof(OnnxModel).Assembly);

    [Fact]
    public void Types_of_Vision_are_what_was_approved() => Matches(typeof(TrtBindings.Vision.YoloSegEngine).Assembly);

    [Fact]
    public void Types_of_SkiaSharp_are_what_was_approved() => Matches(typeof(TrtBindings.Vision.Overlay).Assembly);

    [Fact]
    public void The_listing_tells_apart_what_breaks_a_caller()
    {
        var listing = TypeListing.Of(typeof(ApprovedTypesTests).Assembly);
        listing.ShouldContain("sealed class ApprovedTypesTests\n");
        listing.ShouldContain("readonly struct ApprovedTypesTests.Example<T> : IEquatable<T> where T : struct, ValueType\n");
        listing.ShouldContain("    required Size\n");
        listing.ShouldContain("    Of<TOther> where TOther : class, IDisposable\n");
    }

    /// <summary>One of everything that the listing shows.</summary>
    /// <typeparam name="T">A type argument.</typeparam>
    public readonly struct Example<T> : IEquatable<T>
        where T : struct
    {
        /// <summary>A required member.</summary>
        public required int Size { get; init; }

        /// <summary>A generic method with constraints.</summary>
        /// <typeparam name="TOther">Another type argument.</typeparam>
        public static TOther? Of<TOther>(TOther? other)
            where TOther : class, IDisposable => other;

        /// <inheritdoc/>
        public bool Equals(T other) => Size == 0;
    }

    private static void Matches(Assembly assembly)
    {
        var name = assembly.GetName().Name;
        TypeListing.Of(assembly).ShouldMatchApproved(c => c.NoDiff().SubFolder("Approved")
            .WithFilenameGenerator((_, _, type, _) => $"{name}.types.{type}.txt"));
    }
}
