using System.Globalization;
using Classification;
using SkiaSharp;
using TrtBindings.Samples;
using TrtBindings.Vision;

// Handwritten digits that the model was not trained on, and the right class of each.
using var sheet = DigitSheet.Read(Path.Combine(AppContext.BaseDirectory, "digits"));

// The build makes DigitsVit from samples/models/digits/digits-vit.onnx; Load finds the file beside the program.
using var model = DigitsVit.Load();

// The model file does not say how its pictures were prepared. This is how digits-vit was trained.
var preprocessing = new ClassificationPreprocessing { Mean = ChannelValues.All(0.5f), Deviation = ChannelValues.All(0.5f) };
using var engine = ClassificationEngine.Create(model, preprocessing, new() { Top = 3, MaxBatch = 32 });

Console.WriteLine($"One digit, {sheet.Labels[0]}, its three best classes:");
foreach (var one in engine.Classify(sheet.Tiles[0].View)) Console.WriteLine($"  {one}");

// The model's batch is open: each run takes as many pictures as there are, and the last run fewer.
var found = new List<ClassificationResult<DigitsVit.Label>>();
foreach (var batch in sheet.Tiles.Chunk(engine.MaxBatch))
    foreach (var best in engine.Classify(batch)) found.Add(best[0]);

var right = found.Zip(sheet.Labels).Count(pair => pair.First.ClassIndex == pair.Second);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{found.Count} digits, {found.Count(one => one.Label == DigitsVit.Label.Seven)} of them {DigitsVit.Label.Seven}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{right} right: {right / (double)found.Count:0.0000}"));

// Under each digit the class that was found; a wrong one on red with the right one.
var (green, red) = (new SKColor(24, 96, 48), new SKColor(200, 32, 32));
var tiles = found.Zip(sheet.Labels).Select((pair, i) => (sheet.Picture, sheet.PartOf(i),
    pair.First.ClassIndex == pair.Second ? $"{pair.Second}" : $"{pair.First.ClassIndex} not {pair.Second}",
    pair.First.ClassIndex == pair.Second ? green : red));
using var drawing = TileSheet.Draw([.. tiles], columns: 12, zoom: 3);
ImageFile.Write("classification.png", drawing);
Console.WriteLine($"Wrote {Path.GetFullPath("classification.png")}");
