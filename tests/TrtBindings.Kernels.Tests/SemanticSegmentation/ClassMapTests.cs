using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.SemanticSegmentation;

[Trait("Category", "Slow")]
public sealed class ClassMapTests
{
    [SkippableFact]
    public void Maps_of_random_outputs_are_the_processors_bit_for_bit() => Check(0, 6);

    [SkippableFact]
    public void Sixty_maps_of_random_outputs_are_the_processors_bit_for_bit() => Check(6, 60);

    [SkippableTheory]
    [InlineData(21, 65, 640, 360)]
    [InlineData(21, 130, 33, 47)]
    [InlineData(2, 64, 64, 64)]
    [InlineData(256, 9, 100, 1)]
    public void Maps_larger_smaller_and_as_large_as_the_output_are_the_processors(int classes, int side, int width, int height)
    {
        using var rig = new KernelRig();
        // Few classes are good in one place, so that there are areas with borders.
        var values = new Random(5).Normal(classes * side * side, 1);
        for (var i = 0; i < values.Length; i++)
            values[i] += 4 * MathF.Sin((i % side / 9f) + (i / side % side / 7f) + (i / side / side));
        ClassMapComparison.Check(rig.Kernels, rig.Queue, rig.Wait, values, classes, side, side, isHalf: false,
            ClassMapComparison.Source(classes, isLetterboxed: false), ClassMapComparison.Frame(width, height));
    }

    [SkippableFact]
    public void A_place_without_a_picture_and_a_larger_picture_later_do_no_harm()
    {
        using var rig = new KernelRig();
        var values = new Random(6).Normal(3 * 2 * 8 * 8, 1);
        var source = ClassMapComparison.Source(2, isLetterboxed: true);
        ClassMapComparison.Check(rig.Kernels, rig.Queue, rig.Wait, values, 2, 8, 8, isHalf: true, source,
            ClassMapComparison.Frame(20, 30), default, ClassMapComparison.Frame(31, 7));
        using var maps = new GpuClassMaps<HeadLabel>(rig.Kernels, source, 1);
        maps.Reserve([ClassMapComparison.Frame(16, 16)]).ShouldBeTrue();
        maps.Reserve([ClassMapComparison.Frame(4, 8)]).ShouldBeFalse();
        maps.Reserve([ClassMapComparison.Frame(17, 16)]).ShouldBeTrue();
    }

    [SkippableFact]
    public void A_map_of_the_outputs_size_makes_its_room_with_the_first_run()
    {
        using var rig = new KernelRig();
        var source = ClassMapComparison.Source(2, isLetterboxed: false, isOfImage: false);
        using var maps = new GpuClassMaps<HeadLabel>(rig.Kernels, source, 1);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        heads.Add(new Random(1).Normal(2 * 20 * 30, 1), false, 1, 2, 20, 30);
        heads.Run(maps, ClassMapComparison.Frame(5, 5)).ShouldBe(2);
        heads.Run(maps, ClassMapComparison.Frame(5, 5)).ShouldBe(1);
    }

    [SkippableFact]
    public void A_map_that_stays_on_the_device_has_an_address_there()
    {
        using var rig = new KernelRig();
        using var maps = new GpuClassMaps<HeadLabel>(
            rig.Kernels, ClassMapComparison.Source(2, isLetterboxed: false), 2, staysOnDevice: true);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        heads.Add([0, 0, 1, 1, /**/ 1, 1, 0, 0], false, 2, 2, 1, 2);
        heads.Run(maps, ClassMapComparison.Frame(2, 3), ClassMapComparison.Frame(4, 1));
        foreach (var (item, width, height, value) in new[] { (0, 2, 3, (byte)1), (1, 4, 1, (byte)0) })
        {
            var plane = maps.MapOf(item);
            (plane.Width, plane.Height, plane.RowBytes).ShouldBe((width, height, width));
            using var target = rig.Kernels.AllocatePinned(width * height);
            rig.Queue.Download(target.Address, plane.Address, width * height);
            rig.Wait();
            target.Span.ToArray().ShouldAllBe(one => one == value);
        }
    }

    private static void Check(int first, int end)
    {
        using var rig = new KernelRig();
        for (var seed = first; seed < end; seed++) ClassMapComparison.Check(rig.Kernels, rig.Queue, rig.Wait, seed);
    }
}
