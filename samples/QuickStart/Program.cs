using QuickStart;
using TrtBindings.Vision;

// DeskSeg is the class that the build made of desk-seg.onnx; Load finds the file beside the program.
using var model = DeskSeg.Load();
Console.WriteLine(model.Backend);

// A model that is not YOLO-seg shaped does not compile here.
using var engine = YoloSegEngine.Create(model);
using var photo = ImageFile.Read(Path.Combine(AppContext.BaseDirectory, "images", "still-life.png"));
var found = engine.Detect(photo.AsView());
foreach (var one in found) Console.WriteLine(one);
using var drawing = Overlay.Draw(photo, found);
ImageFile.Write("quickstart.png", drawing);

// Without an engine: tensors of the right type and size, and a run that allocates nothing.
using var inputs = model.AllocateInputs(batch: 2);
using var outputs = model.AllocateOutputs(batch: 2);
photo.AsView().LetterboxTo(inputs.Images[0]);
model.Run(inputs, outputs);
Console.WriteLine($"{outputs.Output1[0].FlattenedLength} numbers for the first picture");
