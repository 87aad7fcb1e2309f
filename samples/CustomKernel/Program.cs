using System.Globalization;
using CustomKernel;
using TrtBindings;
using TrtBindings.Samples;

const int Batch = 32;
const int Side = 32;

// The first run on a machine builds an engine, which takes a minute.
using var model = DigitsVit.Load(new ModelOptions { TensorRT = new() { BuildPolicy = BuildPolicy.WhenMissing } });
Console.WriteLine(model.Backend);
if (model.Gpu is not { } gpu)
{
    foreach (var rejected in model.Backend.Rejected) Console.WriteLine($"  not {rejected}");
    Console.WriteLine("A kernel of your own needs a model on a GPU, and this one is not: nothing to do.");
    return;
}

using var sheet = DigitSheet.Read(Path.Combine(AppContext.BaseDirectory, "digits"));
using var inputs = model.AllocateInputs(batch: Batch);
using var outputs = model.AllocateOutputs(batch: Batch);
using var work = new InkWork(
    gpu, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "stretch-ink.ptx")), Batch, Side * Side);
inputs.Images.UseDeviceMemory(work.Input);
Console.WriteLine($"Kernel: {work.Loaded}");

var right = 0;
var digits = sheet.Labels.Count / Batch * Batch;
for (var first = 0; first < digits; first += Batch)
{
    for (var i = 0; i < Batch; i++)
    {
        // The digits are light on black. Here they are what a camera sees: dark ink on grey paper, with little contrast.
        var part = sheet.PartOf(first + i);
        var picture = work.PictureAt(i);
        for (var at = 0; at < picture.Length; at++)
            picture[at] = (byte)(170 - (sheet.Picture.GetPixel(part.Left + (at % Side), part.Top + (at / Side)).Red / 3));
    }

    gpu.Run(inputs, outputs, work);
    for (var i = 0; i < Batch; i++)
    {
        var best = 0;
        for (var digit = 1; digit < 10; digit++)
            if (outputs.Logits[i, digit] > outputs.Logits[i, best]) best = digit;
        if (best == sheet.Labels[first + i]) right++;
    }
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{right} of {digits} digits right"));
if (work.LastTimes is { } times)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"On the GPU: kernel {times.Before.TotalMicroseconds:0} us, model {times.Model.TotalMicroseconds:0} us"));
}
