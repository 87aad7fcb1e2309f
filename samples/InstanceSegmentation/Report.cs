using System.Globalization;
using TrtBindings;
using TrtBindings.Vision;

namespace InstanceSegmentation;

/// <summary>What the sample prints.</summary>
internal static class Report
{
    public static void Backend(OnnxModel model)
    {
        Console.WriteLine($"Model    {model.Source.Name}");
        Console.WriteLine($"Backend  {model.Backend}, {model.Backend.LibraryPath}");
        foreach (var reason in model.Backend.Rejected) Console.WriteLine($"         not {reason}");
    }

    public static void Instances<TLabel>(
        string path, int width, int height, IReadOnlyList<IReadOnlyList<InstanceDetection<TLabel>>> found)
        where TLabel : unmanaged, Enum
    {
        Console.WriteLine($"Picture  {path}, {width} x {height}");
        Console.WriteLine();
        Console.WriteLine($"{Counted(found[0].Count)}: class, score, box [x1 y1 x2 y2], mask area");
        foreach (var instance in found[0]) Console.WriteLine($"  {instance}");
        if (found.Count > 1)
        {
            var same = found.Count(list => list.Count == found[0].Count);
            Console.WriteLine($"  {same} of the {found.Count} pictures of the batch gave {Counted(found[0].Count)}");
        }

        Console.WriteLine();
    }

    public static void Times(StageTimes times, int batch)
    {
        Console.WriteLine(batch == 1 ? "Time, ms" : $"Time, ms         batch of {batch}   per picture");
        foreach (var (name, time) in times.Stages)
        {
            var all = time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);
            var each = (time.TotalMilliseconds / batch).ToString("0.00", CultureInfo.InvariantCulture);
            var isForAll = batch == 1 || name == "load";
            Console.WriteLine(isForAll ? $"  {name,-14}{all,10}" : $"  {name,-14}{all,10}{each,14}");
        }

        Console.WriteLine();
    }

    private static string Counted(int instances) => instances == 1 ? "1 instance" : $"{instances} instances";
}
