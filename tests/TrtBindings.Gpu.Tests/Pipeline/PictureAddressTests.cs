namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// A recorded graph reads the picture of its call: other addresses, calls in flight, and pixels that change at once.
/// </summary>
public sealed class PictureAddressTests
{
    private const int Rounds = 40;

    [SkippableFact]
    public void Three_pictures_at_three_addresses_of_one_shape_have_their_own_results()
    {
        using var model = SampleModel.Seg.LoadReady("fp16");
        using var memory = new FullHd(model.Gpu!, 3);
        using var cpu = SampleModel.Seg.Open(model, new(Processing.Cpu));
        using var gpu = SampleModel.Seg.Open(model, new(Processing.Gpu));
        Outcome[][] expected = [.. memory.Pictures.Select(cpu.One)];
        var comparison = new OutcomeComparison();
        for (var i = 0; i < Rounds; i++) comparison.Add(expected[i % 3], gpu.One(memory.Pictures[i % 3]), "from pinned memory");
        PipelineFigures.Check("three pictures at three addresses", comparison.ToString(), OutcomeComparison.Bar,
            comparison.Holds && comparison.Finds > 0);
    }

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Frames_in_flight_on_one_model_have_their_own_results_in_order(int inFlight)
    {
        using var model = SampleModel.Seg.LoadReady("fp16", new() { MaxConcurrentRuns = 2 });
        using var memory = new FullHd(model.Gpu!, 7);
        using var cpu = SampleModel.Seg.Open(model, new(Processing.Cpu));
        using var gpu = SampleModel.Seg.Open(model, new(Processing.Gpu, 1, inFlight));
        Outcome[][] expected = [.. memory.Pictures.Select(cpu.One)];
        var comparison = new OutcomeComparison();
        var flying = new Queue<(int Index, Task<Outcome[]> Found)>();
        for (var i = 0; i < 4 * Rounds; i++)
        {
            if (flying.Count == inFlight) await Land();
            flying.Enqueue((i % 7, gpu.DetectAsync(memory.Pictures[i % 7])));
        }

        while (flying.Count > 0) await Land();
        PipelineFigures.Check($"{inFlight} frames in flight on two lanes", comparison.ToString(), OutcomeComparison.Bar,
            comparison.Holds && comparison.Finds > 0);

        async Task Land()
        {
            var (index, found) = flying.Dequeue();
            comparison.Add(expected[index], await found);
        }
    }

    [SkippableFact]
    public void Pixels_that_change_as_soon_as_a_call_has_returned_do_not_change_its_result()
    {
        using var model = SampleModel.Seg.LoadReady("fp16");
        using var memory = new FullHd(model.Gpu!, 4);
        using var cpu = SampleModel.Seg.Open(model, new(Processing.Cpu));
        using var gpu = SampleModel.Seg.Open(model, new(Processing.Gpu));
        Outcome[][] expected = [.. memory.Pictures.Select(cpu.One)];
        // Managed memory, one picture after the other at one address.
        var pixels = new byte[memory.Pictures[0].Pixels.Length];
        var image = new ImageMemory(pixels, FullHd.Width, FullHd.Height, memory.Pictures[0].Format);
        var comparison = new OutcomeComparison();
        for (var i = 0; i < Rounds; i++)
        {
            memory.Pictures[i % 4].Pixels.CopyTo(pixels);
            var found = gpu.DetectAsync(image);
            Array.Clear(pixels);
            comparison.Add(expected[i % 4], found.GetAwaiter().GetResult(), "overwritten at once");
        }

        PipelineFigures.Check("pixels overwritten as soon as DetectAsync has returned", comparison.ToString(),
            OutcomeComparison.Bar, comparison.Holds && comparison.Finds > 0);
    }
}
