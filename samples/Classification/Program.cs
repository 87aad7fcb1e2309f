using System.Globalization;
using Classification;
using TrtBindings.Samples;
using TrtBindings.Vision;

// Handwritten digits that the model was not trained on, and which digit each one is.
var sheet = DigitSheet.Read(Path.Combine(AppContext.BaseDirectory, "digits"));

// DigitsVit is made by the build from samples/models/digits/digits-vit.onnx; Load finds the file beside the program.
using var model = DigitsVit.Load();

// No graph says how its pictures were prepared, so you do: this is what digits-vit was trained with.
var preprocessing = new ClassificationPreprocessing { Mean = ChannelValues.All(0.5f), Deviation = ChannelValues.All(0.5f) };
using var engine = ClassificationEngine.Create(model, preprocessing, new() { Top = 3, MaxBatch = 32 });

Console.WriteLine($"One digit, {sheet.Labels[0]}, its three best classes:");
foreach (var one in engine.Classify(sheet.Tiles[0].View)) Console.WriteLine($"  {one}");

// The model's batch is open: each run takes as many pictures as there are, the last one fewer.
var found = new List<ClassificationResult<DigitsVit.Label>>();
foreach (var batch in sheet.Tiles.Chunk(engine.MaxBatch))
    foreach (var best in engine.Classify(batch)) found.Add(best[0]);

var right = found.Zip(sheet.Labels).Count(pair => pair.First.ClassIndex == pair.Second);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{found.Count} digits, {found.Count(one => one.Label == DigitsVit.Label.Seven)} of them {DigitsVit.Label.Seven}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{right} right: {right / (double)found.Count:0.0000}"));

PictureFile.WritePng("classification.png", sheet.Draw([.. found.Select(one => one.ClassIndex)]));
Console.WriteLine($"Wrote {Path.GetFullPath("classification.png")}");
